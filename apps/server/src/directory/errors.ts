import { defineErrors } from '../kernel/index.ts'

/** What a tenant's own sign-in may be refused for. Also the reasons that the sign-in page is told. */
export const directoryErrors = defineErrors('directory', {
  no_sign_in: {
    status: 404,
    en: 'There is no sign-in for this organisation here. Check the spelling, or sign in with your password.',
    de: 'Für diese Organisation gibt es hier keine Anmeldung. Bitte die Schreibweise prüfen oder mit dem Passwort anmelden.',
  },
  bad_issuer: {
    status: 400,
    en: 'This issuer cannot be used. It must be an https address without query, and for Microsoft Entra ID name one tenant: https://login.microsoftonline.com/<tenant id>/v2.0.',
    de: 'Dieser Aussteller ist nicht verwendbar. Er muss eine https-Adresse ohne Abfrage sein und bei Microsoft Entra ID einen Mandanten nennen: https://login.microsoftonline.com/<Mandanten-ID>/v2.0.',
  },
  secret_needed: {
    status: 400,
    en: 'The client secret is missing. It is needed for a new issuer or client id.',
    de: 'Das Client-Geheimnis fehlt. Bei neuem Aussteller oder neuer Client-ID ist es nötig.',
  },
  unreachable: {
    status: 502,
    en: "Your organisation's sign-in does not answer as it should. Try again later.",
    de: 'Die Anmeldung Ihrer Organisation antwortet nicht wie erwartet. Bitte später noch einmal versuchen.',
  },
  state_invalid: {
    status: 410,
    en: 'This sign-in has run out, was used already or began in another browser. Please begin again.',
    de: 'Diese Anmeldung ist abgelaufen, wurde schon benutzt oder begann in einem anderen Browser. Bitte neu beginnen.',
  },
  provider_refused: {
    status: 403,
    en: 'Your organisation refused the sign-in.',
    de: 'Ihre Organisation hat die Anmeldung abgelehnt.',
  },
  token_invalid: {
    status: 403,
    en: "What your organisation's sign-in sent is not valid. Nobody was signed in.",
    de: 'Was die Anmeldung Ihrer Organisation geschickt hat, ist ungültig. Es wurde niemand angemeldet.',
  },
  not_invited: {
    status: 403,
    en: 'You are not a member of this tenant yet. Ask an owner for an invitation.',
    de: 'Sie sind noch kein Mitglied dieses Mandanten. Bitte eine Inhaberin oder einen Inhaber um eine Einladung bitten.',
  },
  connect_first: {
    status: 403,
    en: 'There is already an account with your mail address. Sign in with it, then connect it under My account.',
    de: 'Zu Ihrer E-Mail-Adresse gibt es schon ein Konto. Bitte damit anmelden und es unter „Mein Konto“ verbinden.',
  },
  domain_not_allowed: {
    status: 403,
    en: 'Your mail address is of a domain that the operator of this installation has not allowed for the tenant.',
    de: 'Ihre E-Mail-Adresse gehört zu einer Domain, die der Betreiber dieser Installation dem Mandanten nicht erlaubt hat.',
  },
  groups_too_many: {
    status: 403,
    en: 'You are in too many groups to be listed. Your administrator must send app roles, or only groups that are assigned to the application.',
    de: 'Sie sind in zu vielen Gruppen. Ihre Administration muss App-Rollen senden oder nur Gruppen, die der Anwendung zugewiesen sind.',
  },
  other_identity: {
    status: 409,
    en: 'This sign-in is connected with another account already.',
    de: 'Diese Anmeldung ist schon mit einem anderen Konto verbunden.',
  },
  not_connected: {
    status: 409,
    en: 'No owner has connected the own account with the sign-in yet. Otherwise nobody could enter any more.',
    de: 'Noch keine Inhaberin und kein Inhaber hat das eigene Konto verbunden. Sonst käme niemand mehr hinein.',
  },
  domain_taken: {
    status: 409,
    en: 'This domain belongs to another tenant already.',
    de: 'Diese Domain gehört schon einem anderen Mandanten.',
  },
  token_unknown: {
    status: 404,
    en: 'This token does not exist any more.',
    de: 'Dieses Token gibt es nicht mehr.',
  },
})
