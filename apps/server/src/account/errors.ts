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
  password_common: {
    status: 400,
    en: 'This password is among the first that anybody would try. Choose another, for example four words that do not belong together. It was compared with a list that art32 ships; nothing was asked over the network.',
    de: 'Dieses Passwort gehört zu den ersten, die jemand versuchen würde. Bitte ein anderes wählen, zum Beispiel vier Wörter, die nicht zusammengehören. Verglichen wurde mit einer Liste, die art32 mitbringt; über das Netz wurde nichts gefragt.',
  },
  link_invalid: {
    status: 410,
    en: 'This link was used already, was replaced or has run out. Please ask for a new one.',
    de: 'Dieser Link wurde schon benutzt, ersetzt oder ist abgelaufen. Bitte einen neuen anfordern.',
  },
  not_json: {
    status: 415,
    en: 'The sign-in takes JSON only.',
    de: 'Die Anmeldung nimmt nur JSON an.',
  },
  no_mail: {
    status: 409,
    en: 'This installation sends no mail, so a new address cannot be checked. Ask whoever runs it to set up a mail server.',
    de: 'Diese Installation versendet keine Mail, eine neue Adresse lässt sich also nicht prüfen. Bitte die Betreiberin oder den Betreiber um einen Mailserver bitten.',
  },
  too_many_attempts: {
    status: 429,
    en: 'Too many attempts. Please try again in {minutes} min.',
    de: 'Zu viele Versuche. Bitte in {minutes} min noch einmal versuchen.',
  },
})
