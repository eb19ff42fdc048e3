import { defineErrors } from '../kernel/index.ts'

/** What tenants may be refused for. Another tenant's id is not found, never forbidden. */
export const tenantErrors = defineErrors('tenant', {
  not_found: { status: 404, en: 'This tenant does not exist.', de: 'Diesen Mandanten gibt es nicht.' },
  slug_taken: {
    status: 409,
    en: 'There is already a tenant with the short name {slug}. Choose another one.',
    de: 'Es gibt schon einen Mandanten mit dem Kurznamen {slug}. Bitte einen anderen wählen.',
  },
  being_made: {
    status: 503,
    en: 'Another process of art32 is still making the database of this tenant. Please try again in a minute.',
    de: 'Ein anderer Prozess von art32 legt die Datenbank dieses Mandanten noch an. Bitte in einer Minute noch einmal versuchen.',
  },
  suspended: {
    status: 403,
    en: 'This tenant is suspended. Nothing in it can be read or changed until the operator of the installation resumes it.',
    de: 'Dieser Mandant ist angehalten. Bis der Betreiber der Installation ihn wieder freigibt, lässt sich darin nichts lesen oder ändern.',
  },
  own_sign_in: {
    status: 403,
    en: 'This tenant is entered by its own sign-in only. Sign out, then choose "Sign in with your organisation".',
    de: 'Diesen Mandanten betritt man nur über seine eigene Anmeldung. Bitte abmelden und „Mit Ihrer Organisation anmelden“ wählen.',
  },
  home_stays: {
    status: 409,
    en: "The installation's own tenant can neither be suspended nor deleted: it says who runs the installation.",
    de: 'Der eigene Mandant der Installation lässt sich weder anhalten noch löschen: Er sagt, wer sie betreibt.',
  },
  closing_continues: {
    status: 503,
    en: 'The deletion has begun and could not be finished now. The next start of art32 finishes it.',
    de: 'Die Löschung hat begonnen und ließ sich jetzt nicht abschließen. Der nächste Start von art32 schließt sie ab.',
  },
  no_server: {
    status: 400,
    en: 'There is no database server {server}. The servers are: {known}.',
    de: 'Einen Datenbankserver {server} gibt es nicht. Die Server sind: {known}.',
  },
  no_room: {
    status: 409,
    en: 'No database server has room for another tenant. Raise a number in ART32_DATABASE_ROOM, or add a server to ART32_DATABASE_SERVERS.',
    de: 'Kein Datenbankserver hat Platz für einen weiteren Mandanten. Bitte eine Zahl in ART32_DATABASE_ROOM erhöhen oder in ART32_DATABASE_SERVERS einen Server ergänzen.',
  },
  moving: {
    status: 409,
    en: 'This tenant is being moved to another database server, or the old copy is not removed yet. Try again when that is over.',
    de: 'Dieser Mandant zieht gerade auf einen anderen Datenbankserver um, oder die alte Kopie ist noch nicht entfernt. Bitte danach noch einmal versuchen.',
  },
  not_confirmed: {
    status: 400,
    en: 'The short name was not repeated correctly. Nothing was deleted.',
    de: 'Der Kurzname wurde nicht richtig wiederholt. Es wurde nichts gelöscht.',
  },
  factor_needed: {
    status: 403,
    en: 'This tenant asks for a second factor. Confirm with yours, or add one in your account.',
    de: 'Dieser Mandant verlangt einen zweiten Faktor. Bitte mit Ihrem bestätigen oder einen in Ihrem Konto hinzufügen.',
  },
})
