import type { Shown } from './check.ts'

type Why = Extract<Shown, { kind: 'unreadable' }>['why']

interface Words {
  readonly checking: string
  readonly holds: string
  readonly fails: string
  readonly proven: string
  readonly nothing: string
  readonly notProven: string
  readonly faults: string
  readonly log: string
  readonly draft: string
  readonly edition: (number: number | null) => string
  readonly keep: string
  readonly unreadable: Readonly<Record<Why, string>>
}

/** The words of the page around what the verification says. */
export const words: Readonly<Record<'en' | 'de', Words>> = {
  en: {
    checking: 'Checking …',
    holds: 'It holds.',
    fails: 'It does not hold.',
    proven: 'Proven',
    nothing: 'Nothing in it is proven.',
    notProven: 'Not proven',
    faults: 'Where it does not hold',
    log: 'Log',
    draft: 'Draft edition',
    edition: (number) => `Edition ${number}`,
    keep: 'Keep this checkpoint for the next time',
    unreadable: {
      'too-large':
        'This file is too large for a browser (at most 96 MiB, 256 MiB unpacked). Check it with art32-verify.mjs, below.',
      'too-many': 'This archive holds more files than a bundle has. It is no bundle of art32.',
      twice: 'This archive holds a file twice; nobody could say which one counts.',
      'no-archive': 'This is no ZIP archive, or a damaged one. Choose the bundle.zip of an edition, or fetch it again.',
      'no-bundle':
        'This archive is no proof bundle of a format that is known here. Choose the bundle.zip of an edition.',
      key: 'The key cannot be read. It looks like name+1a2b3c4d+AbC…= and is one line.',
      held: 'The file that you kept is no checkpoint. It is the text that an earlier check offered to keep.',
      policy:
        'The policy cannot be read. It is a text of c2sp.org/tlog-policy: lines with log, witness, group, and one with quorum.',
      root: 'The root certificate cannot be read. It is a file in PEM with a certificate that signed itself.',
      'no-signatures':
        'This browser cannot check Ed25519 signatures here: it needs a page loaded by HTTPS and a version of the last years. Check it with art32-verify.mjs, below.',
      mistake: 'This page made a mistake. Check the bundle with art32-verify.mjs, below.',
    },
  },
  de: {
    checking: 'Wird geprüft …',
    holds: 'Es hält stand.',
    fails: 'Es hält nicht stand.',
    proven: 'Nachgewiesen',
    nothing: 'Nichts darin ist nachgewiesen.',
    notProven: 'Nicht nachgewiesen',
    faults: 'Wo es nicht standhält (auf Englisch, wie die Befehlszeile es sagt)',
    log: 'Journal',
    draft: 'Entwurf',
    edition: (number) => `Fassung ${number}`,
    keep: 'Diesen Prüfpunkt bis zum nächsten Mal aufbewahren',
    unreadable: {
      'too-large':
        'Diese Datei ist für einen Browser zu groß (höchstens 96 MiB, entpackt 256 MiB). Prüfen Sie sie mit art32-verify.mjs, siehe unten.',
      'too-many': 'Dieses Archiv enthält mehr Dateien als ein Paket. Es ist kein Nachweispaket von art32.',
      twice: 'Dieses Archiv enthält eine Datei zweimal; niemand könnte sagen, welche gilt.',
      'no-archive':
        'Das ist kein ZIP-Archiv oder ein beschädigtes. Wählen Sie die bundle.zip einer Fassung, oder laden Sie sie neu.',
      'no-bundle':
        'Dieses Archiv ist kein Nachweispaket in einem Format, das hier bekannt ist. Wählen Sie die bundle.zip einer Fassung.',
      key: 'Der Schlüssel kann nicht gelesen werden. Er sieht aus wie name+1a2b3c4d+AbC…= und ist eine Zeile.',
      held: 'Die aufbewahrte Datei ist kein Prüfpunkt. Es ist der Text, den eine frühere Prüfung zum Aufbewahren anbot.',
      policy:
        'Die Richtlinie für Zeugen kann nicht gelesen werden. Sie ist ein Text nach c2sp.org/tlog-policy: Zeilen mit log, witness, group und eine mit quorum.',
      root: 'Das Wurzelzertifikat kann nicht gelesen werden. Es ist eine PEM-Datei mit einem Zertifikat, das sich selbst unterschrieben hat.',
      'no-signatures':
        'Dieser Browser kann hier keine Ed25519-Unterschriften prüfen: Er braucht eine über HTTPS geladene Seite und eine Version der letzten Jahre. Prüfen Sie das Paket mit art32-verify.mjs, siehe unten.',
      mistake: 'Diese Seite hat einen Fehler gemacht. Prüfen Sie das Paket mit art32-verify.mjs, siehe unten.',
    },
  },
}
