import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiError } from "./api/client";
import { Gate } from "./app/gate";
import { createAppRouter } from "./app/router";
import { startTheme } from "./app/theme";
import { language, loadLanguage, useLanguage } from "./i18n";
import "./app/styles.css";

startTheme();

const client = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      staleTime: 10_000,
      // Problems are answers; only silence is worth asking again, and the feed does that too.
      retry: (count, error) => count < 2 && error instanceof ApiError && error.status === 0,
    },
  },
});
const router = createAppRouter();

function App() {
  // A new language is a new page: every word is read again.
  const chosen = useLanguage();
  return (
    <QueryClientProvider client={client}>
      <Gate key={chosen}>
        <RouterProvider router={router} />
      </Gate>
    </QueryClientProvider>
  );
}

await loadLanguage(language.get());
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
