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
  too_many_attempts: {
    status: 429,
    en: 'Too many attempts to sign in with this mail address. Please wait a minute.',
    de: 'Zu viele Versuche, sich mit dieser Mailadresse anzumelden. Bitte eine Minute warten.',
  },
  certificate_unreadable: {
    status: 400,
    en: 'This is not a certificate in PEM form. It begins with -----BEGIN CERTIFICATE-----.',
    de: 'Das ist kein Zertifikat in PEM-Form. Es beginnt mit -----BEGIN CERTIFICATE-----.',
  },
  certificate_with_key: {
    status: 400,
    en: 'This text holds a private key. Nothing was kept. Send the certificate alone, and make a new key if others may have seen this one.',
    de: 'Dieser Text enthält einen privaten Schlüssel. Nichts wurde behalten. Bitte nur das Zertifikat senden, und einen neuen Schlüssel erzeugen, falls andere diesen gesehen haben können.',
  },
  certificate_expired: {
    status: 400,
    en: 'This certificate has run out or is not valid yet. Get a new one and add that.',
    de: 'Dieses Zertifikat ist abgelaufen oder noch nicht gültig. Bitte ein neues hinzufügen.',
  },
  certificate_authority: {
    status: 400,
    en: 'This is the certificate of an authority. Add the one of the person or the program.',
    de: 'Das ist das Zertifikat einer Zertifizierungsstelle. Bitte das der Person oder des Programms hinzufügen.',
  },
  certificate_weak: {
    status: 400,
    en: 'The key of this certificate is too weak or of an unknown kind. Take RSA of 2048 bits or more, P-256, P-384, P-521 or Ed25519.',
    de: 'Der Schlüssel dieses Zertifikats ist zu schwach oder von unbekannter Art. Möglich sind RSA ab 2048 Bit, P-256, P-384, P-521 und Ed25519.',
  },
  certificate_taken: {
    status: 409,
    en: 'This certificate signs somebody in already.',
    de: 'Mit diesem Zertifikat meldet sich schon jemand an.',
  },
  certificate_unknown: {
    status: 404,
    en: 'There is no such certificate, or it was removed already.',
    de: 'Dieses Zertifikat gibt es nicht, oder es wurde schon entfernt.',
  },
})
