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
