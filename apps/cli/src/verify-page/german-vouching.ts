/** What witnesses and time-stamping authorities vouch for, in German; see `german.ts`. */
export const vouchingSentences: readonly (readonly [RegExp, string])[] = [
  ...covered(
    String.raw`Witnessed in this way are the first (\d+) of the (\d+) entries of this log`,
    'So bezeugt sind die ersten $1 der $2 Einträge dieses Journals',
  ),
  ...covered(
    String.raw`The time-stamping authority (.+) saw a head of the installation’s log at (\S+): the first (\d+) of the (\d+) entries of this log were there by then`,
    'Die Zeitstempelstelle $1 hat am $2 einen Stand des Journals der Installation gesehen: Die ersten $3 der $4 Einträge dieses Journals waren bis dahin da',
  ),
  [
    /^The witness (\S+) cosigned the installation’s log up to its size (\d+), by its own clock at (\S+)\.$/,
    'Der Zeuge $1 hat das Journal der Installation bis zur Größe $2 mitgezeichnet, nach seiner eigenen Uhr am $3.',
  ],
  [
    /^The witness (\S+) cosigned the installation’s log up to its size (\d+), without a time\.$/,
    'Der Zeuge $1 hat das Journal der Installation bis zur Größe $2 mitgezeichnet, ohne Zeitangabe.',
  ],
  [
    /^The witness (\S+) cosigned the installation’s log up to its size (\d+), with a time that no calendar has \((\d+)\)\.$/,
    'Der Zeuge $1 hat das Journal der Installation bis zur Größe $2 mitgezeichnet, mit einer Zeit, die kein Kalender kennt ($3).',
  ],
  [
    /^Your own policy accepts it: its quorum (\S+) is met\.$/,
    'Ihre eigene Richtlinie nimmt es an: Ihr Quorum $1 ist erfüllt.',
  ],
  [
    /^That these witnesses are independent of the publisher, who named them in the bundle: (.+)\. Give a policy of your own\.$/,
    'Dass diese Zeugen vom Herausgeber unabhängig sind, der sie im Paket nennt: $1. Geben Sie eine eigene Richtlinie an.',
  ],
  [
    /^That a witness has seen this log: none has cosigned a head of it\.$/,
    'Dass ein Zeuge dieses Journal gesehen hat: Keiner hat einen Stand davon mitgezeichnet.',
  ],
  [
    /^What time it was by another clock: no time stamp \(RFC 3161\) is in the bundle\.$/,
    'Wie spät es nach einer anderen Uhr war: Das Paket enthält keinen Zeitstempel (RFC 3161).',
  ],
  [
    /^What the time stamp says: this verifier cannot check it\.$/,
    'Was der Zeitstempel sagt: Dieses Prüfprogramm kann ihn nicht prüfen.',
  ],
  [
    /^That the time-stamping authority deserves trust: its root certificate is the one that the publisher named\. Give one that you trust\.$/,
    'Dass die Zeitstempelstelle Vertrauen verdient: Ihr Wurzelzertifikat ist das, das der Herausgeber nennt. Geben Sie eines an, dem Sie trauen.',
  ],
  [
    /^Entry (\d+) of the (\d+) in the log (\S+), recorded as (\S+) at (\S+), is unchanged\.$/,
    'Eintrag $1 der $2 im Journal $3, aufgezeichnet als $4 am $5, ist unverändert.',
  ],
  [
    /^Its (\d+) records are unchanged, and the line says no more than they do\.$/,
    'Ihre $1 Aufzeichnungen sind unverändert, und die Zeile sagt nicht mehr als sie.',
  ],
  [
    /^Line (\S+) of the edition reads: “(.*)” It is (.+)\.$/,
    'Die Zeile $1 der Fassung lautet: „$2“ Ihr Nachweisgrad: $3.',
  ],
  [
    /^What else the log holds: this file proves single entries of it\.$/,
    'Was das Journal sonst enthält: Diese Datei weist einzelne Einträge nach.',
  ],
  [
    /^That anybody but the publisher has seen this log: no proof is here\.$/,
    'Dass jemand außer dem Herausgeber dieses Journal gesehen hat: Hier ist kein Nachweis dafür.',
  ],
  [
    /^Who made this: the key was taken from the file itself\. Compare it with one that you got another way\.$/,
    'Wer das gemacht hat: Der Schlüssel stammt aus der Datei selbst. Vergleichen Sie ihn mit einem, den Sie auf anderem Weg haben.',
  ],
  [
    /^That the log continues what you kept: a single entry cannot show it\. Verify the bundle for that\.$/,
    'Dass das Journal fortsetzt, was Sie aufbewahrt haben: Ein einzelner Eintrag kann das nicht zeigen. Prüfen Sie dafür das Paket.',
  ],
  ...later('the last witnessing', 'der letzten Bezeugung'),
  ...later('the time stamp', 'dem Zeitstempel'),
]

/** The same for an edition and for any other entry, under the head or after it. */
function covered(english: string, german: string): [RegExp, string][] {
  const endings = [
    ['the edition is among them', 'die Fassung gehört dazu'],
    ['the edition was recorded later', 'die Fassung wurde später aufgezeichnet'],
    ['the entry is among them', 'der Eintrag gehört dazu'],
    ['the entry was recorded later', 'der Eintrag wurde später aufgezeichnet'],
  ] as const
  return endings.map(([said, translated]) => [new RegExp(`^${english}; ${said}\\.$`), `${german}; ${translated}.`])
}

function later(english: string, german: string): [RegExp, string][] {
  return [
    [
      new RegExp(
        `^That what was recorded after ${english} stays as it is: leaf (\\d+) to (\\d+), (\\d+) of (\\d+) entries, are self-asserted\\.$`,
      ),
      `Dass bleibt, was nach ${german} aufgezeichnet wurde: Eintrag $1 bis $2, $3 von $4, sind eigene Angaben.`,
    ],
  ]
}
