import { defineErrors } from '../kernel/index.ts'

/** What setting up and signing in may be refused for. */
export const accountErrors = defineErrors('account', {
  setup_link_invalid: {
    status: 410,
    en: 'This set-up link was used already or has run out. Start art32 again to get a new one, or sign in.',
    de: 'Dieser Einrichtungslink wurde schon benutzt oder ist abgelaufen. art32 neu starten, um einen neuen zu erhalten, oder anmelden.',
  },
  password_too_short: {
    status: 400,
    en: 'The password needs at least {least} characters. Length counts more than special characters.',
    de: 'Das Passwort braucht mindestens {least} Zeichen. Länge zählt mehr als Sonderzeichen.',
  },
  password_wrong: {
    status: 403,
    en: 'The present password is not right. Nothing was changed.',
    de: 'Das jetzige Passwort stimmt nicht. Es wurde nichts geändert.',
  },
  session_unknown: {
    status: 404,
    en: 'This session has ended already.',
    de: 'Diese Sitzung ist schon beendet.',
  },
  mail_taken: {
    status: 409,
    en: 'There is already an account with this mail address.',
    de: 'Zu dieser Mailadresse gibt es schon ein Konto.',
  },
  through_provider: {
    status: 403,
    en: 'You are signed in through your organisation. For this, sign out and sign in with your own password.',
    de: 'Sie sind über Ihre Organisation angemeldet. Bitte dafür abmelden und mit dem eigenen Passwort anmelden.',
  },
  too_many_attempts: {
    status: 429,
    en: 'Too many attempts to sign in with this mail address. Please wait a minute.',
    de: 'Zu viele Versuche, sich mit dieser Mailadresse anzumelden. Bitte eine Minute warten.',
  },
})
