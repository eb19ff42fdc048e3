import { z } from 'zod'
import type { Connector } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { drillFacts } from './facts.ts'
import type { DrillFacts } from './facts.ts'
import { drillName } from './push.ts'

const settings = z.object({
  drill: field(drillName, {
    label: { en: 'Name of the drill', de: 'Name der Übung' },
    help: {
      en: 'As in the plan, for example shop-db. A drill under a name that is not connected is refused.',
      de: 'Wie im Plan, zum Beispiel shop-db. Eine Übung unter einem nicht verbundenen Namen wird abgewiesen.',
    },
  }),
})

/** A restore of one system's backups, done by `art32 drill run` where the backups may be read, and sent in. */
export const drill = {
  id: 'drill',
  title: { en: 'Restore drill', de: 'Wiederherstellungsübung' },
  about: {
    en: 'Backups of a system (PostgreSQL dumps, restic, borg, pgBackRest, folders and archives) that art32 drill run restores into a scratch place and compares, on a computer or in a pipeline, and sends in.',
    de: 'Sicherungen eines Systems (PostgreSQL-Dumps, restic, borg, pgBackRest, Ordner und Archive), die art32 drill run an getrennter Stelle wiederherstellt und vergleicht, auf einem Rechner oder in einer Pipeline, und einsendet.',
  },
  settings,
  facts: drillFacts,
  history: { volatile: ['drill'] },
  needs: [
    {
      privilege: 'API token that may only send drills (drill:push)',
      reason: {
        en: 'The drill sends its result by it. Whoever finds it can send results of drills that are connected, and nothing else. The token of computers cannot. Where the connection has public keys, a result also has to be signed by one of them.',
        de: 'Damit sendet die Übung ihr Ergebnis. Wer es findet, kann Ergebnisse verbundener Übungen senden und sonst nichts. Das Token der Rechner kann es nicht. Hat die Verbindung öffentliche Schlüssel, muss das Ergebnis zudem mit einem davon signiert sein.',
      },
    },
    {
      privilege: 'read access to the backups and their key, where the drill runs',
      reason: {
        en: 'They stay there: art32 gets counts, times and what was wrong, never a row and never a key.',
        de: 'Sie bleiben dort: art32 erhält Zahlen, Zeiten und Mängel, nie eine Zeile und nie einen Schlüssel.',
      },
    },
    {
      privilege: 'an empty PostgreSQL server to restore into, or none: art32 starts one',
      reason: {
        en: 'A dump runs what stands in it. It gets a database and a role of its own, which may nothing else and are removed afterwards.',
        de: 'Ein Dump führt aus, was in ihm steht. Er bekommt eine eigene Datenbank und Rolle, die sonst nichts darf; beides wird danach entfernt.',
      },
    },
  ],
  sends: true,
  address: ({ drill: name }) => name,
  collect: () =>
    Promise.reject(new Unreadable('not-configured', 'a drill sends its result itself; nobody can fetch it')),
} satisfies Connector<typeof settings, DrillFacts>
