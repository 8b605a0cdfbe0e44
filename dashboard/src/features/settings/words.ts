import { words } from "../../i18n";

export const { w } = words({
  en: {
    "export.do": "Download",
    "export.text": "All definitions as one YAML file, without secrets. Importing it again changes nothing.",
    "export.title": "Export",
    fixed: "Fixed by the configuration file; change it there.",
    "form.discard": "Discard",
    "form.nothing": "Nothing is changed.",
    "form.save": "Save",
    "form.saved": "Saved; obeyed from now on.",
    "group.blindness": "Blindness",
    "group.blindness_text":
      "When our own network is down, the servers are not to blame: nobody is told that they are, and uptime does not move.",
    "group.circuit_breaker": "Circuit",
    "group.circuit_breaker_text":
      "A server that fails again and again is looked at less often, and given up in the end.",
    "group.files": "Import and export",
    "group.health_check": "Rhythm",
    "group.health_check_text": "How often servers are looked at, and when what was seen counts.",
    "group.limits": "Limits",
    "group.limits_text": "How much happens at once. They hold for all servers together.",
    "group.retention": "Retention",
    "group.retention_text": "How long things are kept. Uptime is kept for ever.",
    "import.do": "Import…",
    "import.text":
      "The configuration of an MCP client, or our own YAML. What it would change is shown first.",
    "import.title": "Import",
    nav: "Groups of settings",
    off: "off",
    pace: "At the present pace: about {checks} checks an hour.",
    pace_rows: "At the present pace of {checks} checks an hour, that is about {rows} rows.",
    "set.adaptive": "Adapt to health",
    "set.adaptive_text":
      "On: rarely while all is well, often while it is not. Off: every server at the interval, whatever happens; a change is then seen within one interval.",
    "set.auto_disable_enabled": "Give up servers that stay down",
    "set.auto_disable_enabled_text":
      "Saves looks at servers that are gone for good; somebody has to notice that they were given up.",
    "set.auto_disabled_interval_seconds": "Given up",
    "set.auto_disabled_interval_seconds_text":
      "How often a given-up server is still looked at; this is how late it is seen to be back.",
    "set.cache_ttl_seconds": "Capabilities are fresh for",
    "set.cache_ttl_seconds_text":
      "Prompts and resources are read again after this. Shorter means larger answers more often.",
    "set.confirm_fast_ms": "Confirm after a refusal",
    "set.confirm_fast_ms_text":
      "The wait before a clear failure is confirmed. Longer hides short restarts, and tells later of real ones.",
    "set.confirm_slow_ms": "Confirm after anything else",
    "set.confirm_slow_ms_text": "The wait before other failures, such as time-outs, are confirmed.",
    "set.degraded_interval_seconds": "While degraded",
    "set.degraded_interval_seconds_text": "How late it is seen that a slow server is well again.",
    "set.event_days": "Journal",
    "set.event_days_text": "Events are few: a year of them is small.",
    "set.fail_after": "Down after",
    "set.fail_after_text":
      "Failed checks in a row. One is quicker but cries wolf; each more costs one confirmation.",
    "set.failure_threshold": "Opens after",
    "set.failure_threshold_text": "Failed checks in a row until it is looked at less often.",
    "set.fresh_handshake_seconds": "Fresh session after",
    "set.fresh_handshake_seconds_text":
      "Proves that new clients can connect. Costs the server one handshake each time.",
    "set.healthy_interval_seconds": "While healthy, with a held connection",
    "set.healthy_interval_seconds_text":
      "Can be long: the end of the connection tells at once that something is wrong.",
    "set.interval_seconds": "Interval",
    "set.interval_seconds_text":
      "Where no connection can be held. This is how late a silent failure is seen at most.",
    "set.knock_seconds": "Knock at refused ports",
    "set.knock_seconds_text":
      "A bare connection to a server that refused; this is how soon its return is seen.",
    "set.log_days": "Every single check",
    "set.log_days_text": "The largest part of the database.",
    "set.max_failure_cycles": "Given up after",
    "set.max_failure_cycles_text": "Times that the circuit opened and the next look failed again.",
    "set.max_held_streams": "Held connections",
    "set.max_held_streams_text":
      "Each costs one file handle here and one open request at the server. Servers without one follow the shorter interval.",
    "set.max_in_flight": "Checks at once",
    "set.max_in_flight_text":
      "More finish a full refresh sooner and cost processor and handles for that moment.",
    "set.max_open_interval_seconds": "At most between looks while open",
    "set.max_open_interval_seconds_text":
      "The wait grows up to this. How late a return is seen where no knock is possible.",
    "set.max_per_host": "Checks at once per host",
    "set.max_per_host_text": "Spares one machine that serves many.",
    "set.max_processes": "Child processes",
    "set.max_processes_text":
      "Each server over stdio is a process on this machine, with the memory that it takes.",
    "set.recover_after": "Back after",
    "set.recover_after_text": "Good checks in a row. More avoids flapping, and tells later of a recovery.",
    "set.rollup_1h_days": "Hourly figures",
    "set.rollup_1h_days_text":
      "24 rows a day for each server; charts of up to two months are drawn from them.",
    "set.rollup_5m_days": "Figures of five minutes",
    "set.rollup_5m_days_text":
      "288 rows a day for each server; charts of up to three days are drawn from them.",
    "set.sentinel": "Sentinel",
    "set.sentinel_text":
      "A host:port that is always there, such as your gateway. Without one, blindness is concluded when more than half of the hosts fail at once.",
    "set.settling_interval_seconds": "After a change",
    "set.settling_interval_seconds_text":
      "The first interval after a change of health; it grows by half with each good check.",
    "set.slow_after_ms": "Degraded when slower than",
    "set.slow_after_ms_text": "Empty: slowness alone never makes a server degraded.",
    "set.timeout_seconds": "Stays open for",
    "set.timeout_seconds_text": "Then one check decides whether it closes.",
    "set.unhealthy_interval_seconds": "While down",
    "set.unhealthy_interval_seconds_text": "How late a return is seen where no knock is possible.",
    "set.window_seconds": "Failures count together within",
    "set.window_seconds_text":
      "Longer notices a slow loss of the network, and suspects it more often wrongly.",
    title: "Settings",
    "unit.checks": "checks",
    "unit.cycles": "cycles",
    "unit.days": "days",
    "unit.ms": "ms",
    "unit.none": "",
    "unit.seconds": "s",
  },
  de: {
    "export.do": "Herunterladen",
    "export.text":
      "Alle Definitionen als eine YAML-Datei, ohne Geheimnisse. Sie wieder einzulesen ändert nichts.",
    "export.title": "Ausgeben",
    fixed: "Durch die Konfigurationsdatei festgelegt; dort zu ändern.",
    "form.discard": "Verwerfen",
    "form.nothing": "Nichts ist geändert.",
    "form.save": "Speichern",
    "form.saved": "Gespeichert; gilt ab jetzt.",
    "group.blindness": "Blindheit",
    "group.blindness_text":
      "Ist unser eigenes Netz ausgefallen, können die Server nichts dafür: Niemandem wird etwas anderes gesagt, und die Verfügbarkeit bleibt stehen.",
    "group.circuit_breaker": "Schalter",
    "group.circuit_breaker_text":
      "Ein Server, der immer wieder fehlschlägt, wird seltener geprüft und am Ende aufgegeben.",
    "group.files": "Einlesen und ausgeben",
    "group.health_check": "Rhythmus",
    "group.health_check_text": "Wie oft Server geprüft werden, und wann das Gesehene zählt.",
    "group.limits": "Grenzen",
    "group.limits_text": "Wie viel gleichzeitig geschieht. Sie gelten für alle Server zusammen.",
    "group.retention": "Aufbewahrung",
    "group.retention_text": "Wie lange etwas aufbewahrt wird. Die Verfügbarkeit bleibt für immer.",
    "import.do": "Einlesen…",
    "import.text":
      "Die Konfiguration eines MCP-Clients oder unser eigenes YAML. Was sich ändern würde, wird zuerst gezeigt.",
    "import.title": "Einlesen",
    nav: "Gruppen von Einstellungen",
    off: "aus",
    pace: "Beim jetzigen Tempo: etwa {checks} Prüfungen je Stunde.",
    pace_rows: "Beim jetzigen Tempo von {checks} Prüfungen je Stunde sind das etwa {rows} Zeilen.",
    "set.adaptive": "Nach der Gesundheit richten",
    "set.adaptive_text":
      "An: selten, solange alles gut ist, oft, wenn nicht. Aus: jeder Server im festen Abstand, was auch geschieht; eine Änderung wird dann innerhalb eines Abstands gesehen.",
    "set.auto_disable_enabled": "Dauerhaft ausgefallene Server aufgeben",
    "set.auto_disable_enabled_text":
      "Spart Prüfungen von Servern, die es nicht mehr gibt; jemand muss bemerken, dass sie aufgegeben wurden.",
    "set.auto_disabled_interval_seconds": "Aufgegeben",
    "set.auto_disabled_interval_seconds_text":
      "Wie oft ein aufgegebener Server noch geprüft wird; so spät wird seine Rückkehr gesehen.",
    "set.cache_ttl_seconds": "Fähigkeiten sind frisch für",
    "set.cache_ttl_seconds_text":
      "Danach werden Prompts und Ressourcen neu gelesen. Kürzer heißt: öfter größere Antworten.",
    "set.confirm_fast_ms": "Bestätigen nach einer Ablehnung",
    "set.confirm_fast_ms_text":
      "Die Wartezeit, bevor ein klarer Fehler bestätigt wird. Länger verbirgt kurze Neustarts und meldet echte Ausfälle später.",
    "set.confirm_slow_ms": "Bestätigen nach allem anderen",
    "set.confirm_slow_ms_text":
      "Die Wartezeit, bevor andere Fehler, etwa Zeitüberschreitungen, bestätigt werden.",
    "set.degraded_interval_seconds": "Beeinträchtigt",
    "set.degraded_interval_seconds_text":
      "Wie spät gesehen wird, dass ein langsamer Server wieder wohlauf ist.",
    "set.event_days": "Journal",
    "set.event_days_text": "Ereignisse sind wenige: Ein Jahr davon ist klein.",
    "set.fail_after": "Ausgefallen nach",
    "set.fail_after_text":
      "Fehlschläge in Folge. Einer ist schneller, aber voreilig; jeder weitere kostet eine Bestätigung.",
    "set.failure_threshold": "Öffnet nach",
    "set.failure_threshold_text": "Fehlschläge in Folge, bis seltener geprüft wird.",
    "set.fresh_handshake_seconds": "Neue Sitzung nach",
    "set.fresh_handshake_seconds_text":
      "Beweist, dass neue Clients sich verbinden können. Kostet den Server jedes Mal einen Handshake.",
    "set.healthy_interval_seconds": "Gesund, mit gehaltener Verbindung",
    "set.healthy_interval_seconds_text":
      "Darf lang sein: Das Ende der Verbindung sagt sofort, dass etwas nicht stimmt.",
    "set.interval_seconds": "Abstand",
    "set.interval_seconds_text":
      "Wo keine Verbindung gehalten werden kann. So spät wird ein stiller Ausfall höchstens gesehen.",
    "set.knock_seconds": "Anklopfen, wo abgelehnt wurde",
    "set.knock_seconds_text":
      "Eine bloße Verbindung zu einem Server, der ablehnte; so bald wird seine Rückkehr gesehen.",
    "set.log_days": "Jede einzelne Prüfung",
    "set.log_days_text": "Der größte Teil der Datenbank.",
    "set.max_failure_cycles": "Aufgegeben nach",
    "set.max_failure_cycles_text": "So oft öffnete der Schalter, und die nächste Prüfung schlug wieder fehl.",
    "set.max_held_streams": "Gehaltene Verbindungen",
    "set.max_held_streams_text":
      "Jede kostet hier einen Dateigriff und beim Server eine offene Anfrage. Server ohne eine folgen dem kürzeren Abstand.",
    "set.max_in_flight": "Prüfungen gleichzeitig",
    "set.max_in_flight_text":
      "Mehr davon beenden ein volles Auffrischen früher und kosten für den Moment Prozessor und Dateigriffe.",
    "set.max_open_interval_seconds": "Höchstens zwischen Prüfungen, solange offen",
    "set.max_open_interval_seconds_text":
      "Bis dahin wächst die Wartezeit. So spät wird eine Rückkehr gesehen, wo kein Anklopfen möglich ist.",
    "set.max_per_host": "Prüfungen gleichzeitig je Rechner",
    "set.max_per_host_text": "Schont einen Rechner, der viele bedient.",
    "set.max_processes": "Kindprozesse",
    "set.max_processes_text":
      "Jeder Server über stdio ist ein Prozess auf diesem Rechner, mit dem Speicher, den er braucht.",
    "set.recover_after": "Zurück nach",
    "set.recover_after_text":
      "Gute Prüfungen in Folge. Mehr vermeidet Flattern und meldet eine Erholung später.",
    "set.rollup_1h_days": "Zahlen je Stunde",
    "set.rollup_1h_days_text": "24 Zeilen am Tag je Server; daraus entstehen Bilder bis zu zwei Monaten.",
    "set.rollup_5m_days": "Zahlen je fünf Minuten",
    "set.rollup_5m_days_text": "288 Zeilen am Tag je Server; daraus entstehen Bilder bis zu drei Tagen.",
    "set.sentinel": "Wächter",
    "set.sentinel_text":
      "Ein host:port, der immer da ist, etwa Ihr Gateway. Ohne ihn gilt als blind, wenn mehr als die Hälfte der Rechner zugleich ausfällt.",
    "set.settling_interval_seconds": "Nach einer Änderung",
    "set.settling_interval_seconds_text":
      "Der erste Abstand nach einer Änderung der Gesundheit; er wächst mit jeder guten Prüfung um die Hälfte.",
    "set.slow_after_ms": "Beeinträchtigt, wenn langsamer als",
    "set.slow_after_ms_text": "Leer: Langsamkeit allein macht keinen Server beeinträchtigt.",
    "set.timeout_seconds": "Bleibt offen für",
    "set.timeout_seconds_text": "Dann entscheidet eine Prüfung, ob er schließt.",
    "set.unhealthy_interval_seconds": "Ausgefallen",
    "set.unhealthy_interval_seconds_text":
      "Wie spät eine Rückkehr gesehen wird, wo kein Anklopfen möglich ist.",
    "set.window_seconds": "Ausfälle zählen zusammen innerhalb von",
    "set.window_seconds_text":
      "Länger bemerkt einen langsamen Verlust des Netzes und vermutet ihn öfter zu Unrecht.",
    title: "Einstellungen",
    "unit.checks": "Prüfungen",
    "unit.cycles": "Runden",
    "unit.days": "Tage",
    "unit.ms": "ms",
    "unit.none": "",
    "unit.seconds": "s",
  },
});
