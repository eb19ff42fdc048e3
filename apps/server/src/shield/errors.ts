import { defineErrors } from '../kernel/index.ts'

/** What working with the shield may be refused for. */
export const shieldErrors = defineErrors('shield', {
  plan_not_found: {
    status: 404,
    en: 'This plan does not exist.',
    de: 'Diesen Plan gibt es nicht.',
  },
  import_not_found: {
    status: 404,
    en: 'This import does not exist.',
    de: 'Diesen Import gibt es nicht.',
  },
  bad_plan: {
    status: 400,
    en: 'The plan cannot be used. {problem}',
    de: 'Der Plan ist nicht brauchbar. {problem}',
  },
  unreadable: {
    status: 415,
    en: 'The file cannot be read as its plan says; nothing of it was kept. {problem}',
    de: 'Die Datei ist nicht so lesbar, wie ihr Plan es sagt; nichts davon wurde behalten. {problem}',
  },
  empty: {
    status: 415,
    en: 'The file is empty.',
    de: 'Die Datei ist leer.',
  },
  not_kept: {
    status: 415,
    en: 'A Parquet file is not kept here. Send it through shield.filter, or use the command line: art32 shield.',
    de: 'Eine Parquet-Datei wird hier nicht aufbewahrt. Bitte durch shield.filter senden oder die Kommandozeile nutzen: art32 shield.',
  },
  too_large: {
    status: 413,
    en: 'Unpacked this file has more than {limitMiB} MiB, or its output has. Nothing of it was kept. Cut it, or use the command line: art32 shield.',
    de: 'Entpackt hat diese Datei oder ihre Ausgabe mehr als {limitMiB} MiB. Nichts davon wurde behalten. Bitte teilen oder die Kommandozeile nutzen: art32 shield.',
  },
  busy: {
    status: 429,
    en: 'Other files are going through the shield just now. Try again in a minute.',
    de: 'Gerade gehen andere Dateien durch den Datenfilter. Bitte in einer Minute erneut versuchen.',
  },
})
