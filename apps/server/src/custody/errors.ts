import { defineErrors } from '../kernel/index.ts'

/** What taking a tenant out, taking one in and changing keys may be refused for. */
export const custodyErrors = defineErrors('custody', {
  busy: {
    status: 409,
    en: 'This tenant is being exported already, or changes faster than its ledger takes in. Try again in a minute.',
    de: 'Dieser Mandant wird schon exportiert oder ändert sich schneller, als sein Journal es aufnimmt. Bitte in einer Minute noch einmal versuchen.',
  },
  rotating: {
    status: 409,
    en: 'This key is being changed already. It goes on by itself.',
    de: 'Dieser Schlüssel wird gerade schon gewechselt. Das geht von selbst weiter.',
  },
  several: {
    status: 409,
    en: 'Other processes of art32 work with the present master key. Stop all of them but one, change the key there, and give the new one to the others before they start again.',
    de: 'Andere Prozesse von art32 arbeiten mit dem jetzigen Hauptschlüssel. Bitte alle bis auf einen beenden, den Schlüssel dort wechseln und den neuen den anderen geben, bevor sie wieder starten.',
  },
  since_ahead: {
    status: 400,
    en: 'The time since when the key may be in foreign hands is in the future.',
    de: 'Der Zeitpunkt, seit dem der Schlüssel in fremden Händen sein kann, liegt in der Zukunft.',
  },
  too_large: {
    status: 413,
    en: 'The export is larger than 4 GiB, which its format cannot hold.',
    de: 'Der Export ist größer als 4 GiB; so viel fasst sein Format nicht.',
  },
  bad_file: {
    status: 400,
    en: 'The export cannot be imported: {file}: {problem}. Nothing was imported.',
    de: 'Der Export lässt sich nicht importieren: {file}: {problem}. Es wurde nichts importiert.',
  },
  bad_line: {
    status: 400,
    en: 'The export cannot be imported: {file}, line {line}: {problem}. Nothing was imported.',
    de: 'Der Export lässt sich nicht importieren: {file}, Zeile {line}: {problem}. Es wurde nichts importiert.',
  },
})
