import { defineErrors } from '../kernel/index.ts'

/** What ending accounts may be refused for. */
export const leavingErrors = defineErrors('leaving', {
  not_leaving: { status: 404, en: 'Nobody with this id is leaving.', de: 'Mit dieser Kennung scheidet niemand aus.' },
  account_not_found: {
    status: 404,
    en: 'This account does not stand on the list of the person.',
    de: 'Dieses Konto steht nicht auf der Liste der Person.',
  },
  can_look: {
    status: 409,
    en: 'This account can be looked at: what counts is what a look sees.',
    de: 'Dieses Konto ist einsehbar: Es zählt, was ein Blick sieht.',
  },
  proposal_not_found: {
    status: 404,
    en: 'Nobody is proposed any more under this id.',
    de: 'Unter dieser Kennung ist niemand mehr vorgeschlagen.',
  },
  shows_accounts: {
    status: 409,
    en: 'This system tells its accounts: they are not entered by hand.',
    de: 'Dieses System nennt seine Konten: Sie werden nicht von Hand eingetragen.',
  },
  nothing_to_look_at: {
    status: 409,
    en: 'No connection tells of accounts. Connect a system that does, such as Microsoft Entra ID.',
    de: 'Keine Verbindung nennt Konten. Verbinden Sie ein System, das es tut, etwa Microsoft Entra ID.',
  },
})

/** What a review of access may be refused for. */
export const reviewErrors = defineErrors('review', {
  not_found: { status: 404, en: 'This review does not exist.', de: 'Diese Prüfung gibt es nicht.' },
  line_not_found: {
    status: 404,
    en: 'This line does not stand in the review.',
    de: 'Diese Zeile steht nicht in der Prüfung.',
  },
  under_way: {
    status: 409,
    en: 'A review is under way. Sign it off or drop it first.',
    de: 'Eine Prüfung läuft bereits. Bitte zuerst abschließen oder verwerfen.',
  },
  closed: { status: 409, en: 'This review is closed.', de: 'Diese Prüfung ist abgeschlossen.' },
  undecided: {
    status: 409,
    en: '{count} lines are not decided yet.',
    de: '{count} Zeilen sind noch nicht entschieden.',
  },
  nobody_to_ask: {
    status: 400,
    en: 'Say which member is asked.',
    de: 'Bitte sagen, welches Mitglied gefragt wird.',
  },
  not_asked: {
    status: 404,
    en: 'You were not asked about this line.',
    de: 'Zu dieser Zeile wurden Sie nicht gefragt.',
  },
})
