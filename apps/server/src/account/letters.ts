import type { Letter } from '../platform/index.ts'

/** The languages of letters. */
export type LetterLanguage = Letter['language']

type Person = { readonly name: string; readonly email: string }

/** What is written about an account, in both languages. A letter names no installation by what a stranger could have typed. */
interface Letters {
  reset(person: Person, url: string): Letter
  passwordChanged(person: Person, url: string): Letter
  confirmAddress(to: string, url: string): Letter
  addressTaken(to: string): Letter
  addressWanted(person: Person): Letter
  addressChanged(person: Person): Letter
}

const notMe = {
  en: 'If this was not you, change your password and tell whoever runs this installation.',
  de: 'Wenn Sie das nicht waren, ändern Sie bitte Ihr Passwort und sagen Sie der Betreiberin oder dem Betreiber dieser Installation Bescheid.',
}

const en: Letters = {
  reset: ({ name, email }, url) => ({
    to: email,
    language: 'en',
    subject: 'A new password for art32',
    paragraphs: [
      `Hello ${name},`,
      'Somebody asked for a new password for your account. The link works once and for 30 minutes.',
      'If this was not you, there is nothing to do: without this link nothing changes.',
    ],
    action: { label: 'Choose a new password', url },
  }),
  passwordChanged: ({ name, email }, url) => ({
    to: email,
    language: 'en',
    subject: 'Your password for art32 was changed',
    paragraphs: [
      `Hello ${name},`,
      'Your password was changed by a link, and all sessions have ended.',
      'If this was not you, ask for a new link at once and tell whoever runs this installation.',
    ],
    action: { label: 'To art32', url },
  }),
  confirmAddress: (to, url) => ({
    to,
    language: 'en',
    subject: 'Is this your address?',
    paragraphs: [
      'Somebody who has an account in art32 wants to use this mail address for it. The link works once and for 30 minutes.',
      'If this was not you, there is nothing to do: without this link nothing changes.',
    ],
    action: { label: 'Use this address', url },
  }),
  addressTaken: (to) => ({
    to,
    language: 'en',
    subject: 'This address has an account already',
    paragraphs: [
      'Somebody wanted to use this mail address for another account in art32. It belongs to yours, so nothing was changed.',
    ],
  }),
  addressWanted: ({ name, email }) => ({
    to: email,
    language: 'en',
    subject: 'Your address in art32 is to change',
    paragraphs: [
      `Hello ${name},`,
      'Another mail address was given for your account, with your password. It counts once it is confirmed by a link sent there.',
      notMe.en,
    ],
  }),
  addressChanged: ({ name, email }) => ({
    to: email,
    language: 'en',
    subject: 'Your address in art32 was changed',
    paragraphs: [`Hello ${name},`, 'Your account has another mail address from now on; this one ends here.', notMe.en],
  }),
}

const de: Letters = {
  reset: ({ name, email }, url) => ({
    to: email,
    language: 'de',
    subject: 'Ein neues Passwort für art32',
    paragraphs: [
      `Guten Tag ${name},`,
      'jemand hat ein neues Passwort für Ihr Konto angefordert. Der Link gilt einmal und 30 Minuten lang.',
      'Wenn Sie das nicht waren, ist nichts zu tun: Ohne diesen Link ändert sich nichts.',
    ],
    action: { label: 'Neues Passwort wählen', url },
  }),
  passwordChanged: ({ name, email }, url) => ({
    to: email,
    language: 'de',
    subject: 'Ihr Passwort für art32 wurde geändert',
    paragraphs: [
      `Guten Tag ${name},`,
      'Ihr Passwort wurde über einen Link geändert; alle Sitzungen sind beendet.',
      'Wenn Sie das nicht waren, fordern Sie bitte sofort einen neuen Link an und sagen Sie der Betreiberin oder dem Betreiber dieser Installation Bescheid.',
    ],
    action: { label: 'Zu art32', url },
  }),
  confirmAddress: (to, url) => ({
    to,
    language: 'de',
    subject: 'Ist das Ihre Adresse?',
    paragraphs: [
      'Jemand mit einem Konto in art32 möchte diese E-Mail-Adresse dafür verwenden. Der Link gilt einmal und 30 Minuten lang.',
      'Wenn Sie das nicht waren, ist nichts zu tun: Ohne diesen Link ändert sich nichts.',
    ],
    action: { label: 'Diese Adresse verwenden', url },
  }),
  addressTaken: (to) => ({
    to,
    language: 'de',
    subject: 'Zu dieser Adresse gibt es schon ein Konto',
    paragraphs: [
      'Jemand wollte diese E-Mail-Adresse für ein anderes Konto in art32 verwenden. Sie gehört zu Ihrem; es wurde nichts geändert.',
    ],
  }),
  addressWanted: ({ name, email }) => ({
    to: email,
    language: 'de',
    subject: 'Ihre Adresse in art32 soll sich ändern',
    paragraphs: [
      `Guten Tag ${name},`,
      'für Ihr Konto wurde mit Ihrem Passwort eine andere E-Mail-Adresse angegeben. Sie gilt, sobald sie über einen dorthin gesandten Link bestätigt ist.',
      notMe.de,
    ],
  }),
  addressChanged: ({ name, email }) => ({
    to: email,
    language: 'de',
    subject: 'Ihre Adresse in art32 wurde geändert',
    paragraphs: [
      `Guten Tag ${name},`,
      'Ihr Konto hat von jetzt an eine andere E-Mail-Adresse; diese gilt nicht mehr.',
      notMe.de,
    ],
  }),
}

/** The letters about an account. */
export const letters: Readonly<Record<LetterLanguage, Letters>> = { en, de }
