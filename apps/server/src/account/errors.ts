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
    de: 'Zu dieser E-Mail-Adresse gibt es schon ein Konto.',
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
    de: 'Diese Installation versendet keine E-Mail, eine neue Adresse lässt sich also nicht prüfen. Bitte die Betreiberin oder den Betreiber um einen Mailserver bitten.',
  },
  through_provider: {
    status: 403,
    en: 'You are signed in through your organisation. For this, sign out and sign in with your own password.',
    de: 'Sie sind über Ihre Organisation angemeldet. Bitte dafür abmelden und mit dem eigenen Passwort anmelden.',
  },
  too_many_attempts: {
    status: 429,
    en: 'Too many attempts. Please try again in {minutes} min.',
    de: 'Zu viele Versuche. Bitte in {minutes} min noch einmal versuchen.',
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
  confirm_needed: {
    status: 403,
    en: 'Please confirm first that it is you: this needs a confirmation within the last ten minutes.',
    de: 'Bitte zuerst bestätigen, dass Sie es sind: Das braucht eine Bestätigung aus den letzten zehn Minuten.',
  },
  factor_asked: {
    status: 403,
    en: 'Your account has a second factor, so the password alone does not confirm. Use a code or a passkey.',
    de: 'Ihr Konto hat einen zweiten Faktor, daher bestätigt das Passwort allein nicht. Bitte einen Code oder einen Passkey benutzen.',
  },
  confirm_refused: {
    status: 403,
    en: 'The password is not right. Nothing was confirmed.',
    de: 'Das Passwort stimmt nicht. Es wurde nichts bestätigt.',
  },
  code_wrong: {
    status: 403,
    en: 'This code is not right, or was used already. Please wait for the next one.',
    de: 'Dieser Code stimmt nicht oder wurde schon benutzt. Bitte den nächsten abwarten.',
  },
  challenge_over: {
    status: 410,
    en: 'Too many wrong codes, or too much time has passed. Please sign in again from the beginning.',
    de: 'Zu viele falsche Codes, oder es ist zu viel Zeit vergangen. Bitte noch einmal von vorn anmelden.',
  },
  too_many_codes: {
    status: 429,
    en: 'Too many wrong codes for this account. Please wait an hour, or use a passkey.',
    de: 'Zu viele falsche Codes für dieses Konto. Bitte eine Stunde warten oder einen Passkey benutzen.',
  },
  passkey_refused: {
    status: 403,
    en: 'This passkey was not accepted. It may belong to another account or have been removed; please try again or sign in otherwise.',
    de: 'Dieser Passkey wurde nicht angenommen. Vielleicht gehört er zu einem anderen Konto oder wurde entfernt; bitte noch einmal versuchen oder sich anders anmelden.',
  },
  passkey_unknown: {
    status: 404,
    en: 'There is no such passkey in your account.',
    de: 'Diesen Passkey gibt es in Ihrem Konto nicht.',
  },
  factor_present: {
    status: 409,
    en: 'Your account has an authenticator app already. Remove it first to set up another one.',
    de: 'Ihr Konto hat schon eine Authenticator-App. Um eine andere einzurichten, bitte diese zuerst entfernen.',
  },
  factor_absent: {
    status: 409,
    en: 'Your account has no authenticator app, or setting it up was not begun. Please begin anew.',
    de: 'Ihr Konto hat keine Authenticator-App, oder das Einrichten wurde nicht begonnen. Bitte neu beginnen.',
  },
})
