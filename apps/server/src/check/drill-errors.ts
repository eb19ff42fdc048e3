import { defineErrors } from '../kernel/index.ts'

/** What the result of a drill may be refused for. */
export const drillErrors = defineErrors('drill', {
  unknown: {
    status: 404,
    en: 'No drill of this name is connected. Connect it first: Systems, restore drill, with the name that stands in the plan.',
    de: 'Unter diesem Namen ist keine Übung verbunden. Bitte zuerst verbinden: Systeme, Wiederherstellungsübung, mit dem Namen aus dem Plan.',
  },
  contradicts_itself: {
    status: 422,
    en: 'What was sent contradicts itself ({place}). art32 drill run sends nothing of that kind.',
    de: 'Das Gesendete widerspricht sich ({place}). art32 drill run sendet nichts dergleichen.',
  },
  not_newer: {
    status: 409,
    en: 'A result of this drill of {at} or later was received before. Run the drill again.',
    de: 'Ein Ergebnis dieser Übung vom {at} oder später liegt schon vor. Bitte die Übung erneut ausführen.',
  },
  clock_ahead: {
    status: 409,
    en: 'The clock of the machine of the drill is {minutes} minutes ahead of the one of art32. Set it and run the drill again.',
    de: 'Die Uhr des Rechners der Übung geht der von art32 {minutes} Minuten vor. Bitte stellen und die Übung erneut ausführen.',
  },
  too_old: {
    status: 409,
    en: 'This drill was {days} days ago, or the clock of its machine is behind. Run it again.',
    de: 'Diese Übung liegt {days} Tage zurück, oder die Uhr ihres Rechners geht nach. Bitte erneut ausführen.',
  },
  paused: {
    status: 409,
    en: 'Results of this drill are not taken while it is paused.',
    de: 'Solange diese Übung pausiert, werden ihre Ergebnisse nicht angenommen.',
  },
  not_signed: {
    status: 403,
    en: 'Results of this drill have to be signed, and this one is not. Set ART32_DRILL_KEY where the drill runs to a key whose public key stands at its connection, and run it again.',
    de: 'Ergebnisse dieser Übung müssen signiert sein, dieses ist es nicht. Bitte am Ort der Übung ART32_DRILL_KEY auf einen Schlüssel setzen, dessen öffentlicher Schlüssel bei der Verbindung steht, und sie erneut ausführen.',
  },
  no_key: {
    status: 403,
    en: 'This result is signed, and its drill has no key by which that could be verified. Enter the public key first: Systems, keys of the drill.',
    de: 'Dieses Ergebnis ist signiert, doch die Übung hat keinen Schlüssel, um das zu prüfen. Bitte zuerst den öffentlichen Schlüssel eintragen: Systeme, Schlüssel der Übung.',
  },
  wrong_signature: {
    status: 403,
    en: 'No key of this drill made this signature: it was signed by another key, or what was signed was changed on its way. Compare the key of the machine with those at the connection (Systems, keys of the drill), and send the file as art32 drill run wrote it.',
    de: 'Diese Signatur stammt von keinem Schlüssel dieser Übung: Ein anderer Schlüssel hat signiert, oder das Signierte wurde unterwegs verändert. Bitte den Schlüssel des Rechners mit denen der Verbindung vergleichen (Systeme, Schlüssel der Übung) und die Datei so senden, wie art32 drill run sie schrieb.',
  },
  other_audience: {
    status: 409,
    en: 'This result was signed for another server or tenant. For this one the drill is run with --push {server} --tenant {tenant}; where it reaches the server by another address, with --audience {server} as well.',
    de: 'Dieses Ergebnis wurde für einen anderen Server oder Mandanten signiert. Für diesen läuft die Übung mit --push {server} --tenant {tenant}; erreicht sie den Server unter anderer Adresse, zusätzlich mit --audience {server}.',
  },
  bad_envelope: {
    status: 400,
    en: 'The signed result is not as art32 drill run writes it ({place}). Send the file as it was written, or run the drill again.',
    de: 'Das signierte Ergebnis ist nicht so, wie art32 drill run es schreibt ({place}). Bitte die Datei unverändert senden oder die Übung erneut ausführen.',
  },
  bad_key: {
    status: 400,
    en: 'This is no public key of a drill. npx art32 drill key prints one: name, id and key, joined by +.',
    de: 'Das ist kein öffentlicher Schlüssel einer Übung. npx art32 drill key gibt einen aus: Name, Kennung und Schlüssel, durch + verbunden.',
  },
  private_key: {
    status: 400,
    en: 'This is the private key, which belongs to the drill alone. It was not stored, and was seen here: make another one with npx art32 drill key, and enter the line of the public key.',
    de: 'Das ist der private Schlüssel, der nur zur Übung gehört. Er wurde nicht gespeichert, war hier aber zu sehen: Bitte mit npx art32 drill key einen neuen machen und die Zeile des öffentlichen Schlüssels eintragen.',
  },
  weak_key: {
    status: 400,
    en: 'Others can sign for this key (it is a point of small order). Make one with npx art32 drill key.',
    de: 'Für diesen Schlüssel können andere signieren (er ist ein Punkt kleiner Ordnung). Bitte mit npx art32 drill key einen machen.',
  },
  key_known: {
    status: 409,
    en: 'This key stands at this drill already.',
    de: 'Dieser Schlüssel steht schon bei dieser Übung.',
  },
  too_many_keys: {
    status: 409,
    en: 'A drill has at most {most} keys. Remove one that nobody signs with any more.',
    de: 'Eine Übung hat höchstens {most} Schlüssel. Bitte einen entfernen, mit dem niemand mehr signiert.',
  },
  key_not_found: {
    status: 404,
    en: 'This key does not stand at this drill.',
    de: 'Dieser Schlüssel steht nicht bei dieser Übung.',
  },
})
