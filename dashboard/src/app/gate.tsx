import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { call, whenLoginRequired } from "../api/client";
import { finishOnLeave } from "../live/commands";
import { startFeed } from "../live/feed";
import { Problem } from "../ui/problem";
import { Login } from "./login";

const SESSION_KEY = ["session"];

let feed: ReturnType<typeof startFeed> | undefined;

/** Lets in who may see the fleet, and starts the feed then. */
export function Gate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useQuery({
    queryKey: SESSION_KEY,
    queryFn: ({ signal }) => call("getSession", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const inside = session.data?.logged_in === true;

  useEffect(() => {
    whenLoginRequired(() => void client.invalidateQueries({ queryKey: SESSION_KEY }));
    finishOnLeave();
  }, [client]);
  useEffect(() => {
    if (inside) feed ??= startFeed(client);
    else if (feed) {
      feed.stop();
      feed = undefined;
    }
  }, [inside, client]);

  if (session.isError && !session.data)
    return <Problem error={session.error} onAgain={() => void session.refetch()} />;
  if (!session.data) return null;
  if (!inside) return <Login onDone={() => void client.resetQueries()} />;
  return children;
}
