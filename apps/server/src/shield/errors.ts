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
  store_not_found: {
    status: 404,
    en: 'This object store does not exist.',
    de: 'Diesen Objektspeicher gibt es nicht.',
  },
  store_name_taken: {
    status: 409,
    en: 'There is an object store of this name already.',
    de: 'Es gibt schon einen Objektspeicher dieses Namens.',
  },
  store_in_use: {
    status: 409,
    en: 'A job over this object store is under way. Cancel it first.',
    de: 'Ein Auftrag über diesen Objektspeicher läuft. Bitte ihn zuerst abbrechen.',
  },
  enter_again: {
    status: 409,
    en: 'This object store came from another installation without its access key. Enter the key once more.',
    de: 'Dieser Objektspeicher kam ohne seinen Zugriffsschlüssel aus einer anderen Installation. Bitte den Schlüssel noch einmal eingeben.',
  },
  job_not_found: {
    status: 404,
    en: 'This job does not exist.',
    de: 'Diesen Auftrag gibt es nicht.',
  },
  job_over: {
    status: 409,
    en: 'This job is not under way.',
    de: 'Dieser Auftrag läuft nicht.',
  },
  job_not_ended: {
    status: 409,
    en: 'Nothing is left to do in this job, or it is under way.',
    de: 'In diesem Auftrag ist nichts mehr zu tun, oder er läuft.',
  },
  same_place: {
    status: 400,
    en: 'What comes out must not lie where it is read from. Choose another folder for the output.',
    de: 'Das Ergebnis darf nicht dort liegen, wo gelesen wird. Bitte einen anderen Ordner für die Ausgabe wählen.',
  },
  no_objects: {
    status: 404,
    en: 'The object store has no object whose name begins so.',
    de: 'Der Objektspeicher hat kein Objekt, dessen Name so beginnt.',
  },
  too_many_objects: {
    status: 400,
    en: 'More than {most} objects begin so. Choose a smaller folder.',
    de: 'Mehr als {most} Objekte beginnen so. Bitte einen kleineren Ordner wählen.',
  },
  name_taken: {
    status: 409,
    en: 'Another object of this job has the same name without its packing.',
    de: 'Ein anderes Objekt dieses Auftrags heißt ohne seine Packung genauso.',
  },
  failed: {
    status: 500,
    en: 'art32 failed at this object. The operator finds the reason in the log.',
    de: 'art32 ist an diesem Objekt gescheitert. Der Betreiber findet den Grund im Protokoll.',
  },
})
