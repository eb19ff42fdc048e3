import { defineErrors } from '../kernel/index.ts'

/** What a move may be refused for. */
export const placementErrors = defineErrors('placement', {
  no_server: {
    status: 400,
    en: 'There is no database server {server}. The servers are: {known}.',
    de: 'Einen Datenbankserver {server} gibt es nicht. Die Server sind: {known}.',
  },
  same_server: {
    status: 409,
    en: 'This tenant lies on the server {server} already.',
    de: 'Dieser Mandant liegt schon auf dem Server {server}.',
  },
  home_stays: {
    status: 409,
    en: "The installation's own tenant stays on the server of the registry: it says who runs the installation.",
    de: 'Der eigene Mandant der Installation bleibt auf dem Server der Registratur: Er sagt, wer sie betreibt.',
  },
  under_way: {
    status: 409,
    en: 'Another tenant is being moved at this moment. Try again when that is over.',
    de: 'Gerade zieht schon ein Mandant um. Bitte danach noch einmal versuchen.',
  },
  occupied: {
    status: 409,
    en: 'The server {server} has a database {database} already that is not from an interrupted move. Look what it is, and remove it there.',
    de: 'Auf dem Server {server} gibt es schon eine Datenbank {database}, die nicht von einem abgebrochenen Umzug stammt. Bitte prüfen, was sie ist, und dort entfernen.',
  },
  differs: {
    status: 503,
    en: 'The copy on {server} is not what the original is ({problem}). The tenant stays where it was, and the copy was removed.',
    de: 'Die Kopie auf {server} ist nicht, was das Original ist ({problem}). Der Mandant bleibt, wo er war; die Kopie wurde entfernt.',
  },
  given_up: {
    status: 503,
    en: 'The move to {server} could not be finished ({problem}). The tenant stays where it was and works on.',
    de: 'Der Umzug nach {server} ließ sich nicht abschließen ({problem}). Der Mandant bleibt, wo er war, und arbeitet weiter.',
  },
})
