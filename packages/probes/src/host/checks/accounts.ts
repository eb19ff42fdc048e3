import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { HostFacts } from '../facts.ts'

const params = z.object({
  maxAdministrators: field(z.int().min(0).default(3), {
    label: { en: 'Most administrators', de: 'Höchste Zahl der Administratoren' },
  }),
})

export const hostAccounts = {
  id: 'host.accounts',
  version: 1,
  connector: 'host',
  also: ['computer'],
  title: {
    en: 'Only root is root, every account has a password, administrators are few',
    de: 'Nur root ist root, jedes Konto hat ein Passwort, wenige sind Administratoren',
  },
  why: {
    en: 'A second root account or an empty password is the classic back door.',
    de: 'Ein zweites root-Konto oder ein leeres Passwort ist die klassische Hintertür.',
  },
  remedy: {
    en: 'Give each account its own user id, lock accounts without password (passwd -l), and take people out of the group sudo who do not need it.',
    de: 'Jedem Konto eine eigene Benutzernummer geben, Konten ohne Passwort sperren (passwd -l) und Personen aus der Gruppe sudo nehmen, die sie nicht brauchen.',
  },
  severity: 'high',
  serves: [
    { measure: 'individual-accounts', as: 'supports' },
    { measure: 'offboarding', as: 'supports' },
    { measure: 'minimal-admins', as: 'supports' },
    { measure: 'privileged-access', as: 'supports' },
    { measure: 'disk-encryption', as: 'supports' },
  ],
  params,
  reads: ['accounts'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.2', 'ISO/IEC 27001:2022 A.5.16'],
  sources: ['https://man7.org/linux/man-pages/man5/shadow.5.html'],
  pitfalls: [
    'Only local accounts are seen, not those of a directory.',
    'Only membership in the groups sudo, wheel and admin is counted; rules of single users in sudoers are not read.',
    'Accounts are counted, not named, except those that equal root.',
  ],
  messages: {
    'one-root': { en: 'Only root has the rights of root.', de: 'Nur root hat die Rechte von root.' },
    'more-roots': {
      en: 'More than one account has user id 0: {names}',
      de: 'Mehr als ein Konto hat die Benutzernummer 0: {names}',
    },
    passwords: { en: 'No account has an empty password.', de: 'Kein Konto hat ein leeres Passwort.' },
    'no-password': { en: '{count} accounts have an empty password.', de: '{count} Konten haben ein leeres Passwort.' },
    'passwords-unseen': {
      en: 'The system does not tell whether a password is empty.',
      de: 'Das System sagt nicht, ob ein Passwort leer ist.',
    },
    'signs-in': {
      en: 'Somebody is signed in by itself when the machine starts, without a password.',
      de: 'Beim Start wird jemand von selbst angemeldet, ohne Passwort.',
    },
    asks: { en: 'The machine asks who starts it.', de: 'Der Rechner fragt beim Start, wer sich anmeldet.' },
    few: { en: '{count} accounts can become root.', de: '{count} Konten können root werden.' },
    many: {
      en: '{count} accounts can become root; {maximum} are allowed.',
      de: '{count} Konten können root werden; zulässig sind {maximum}.',
    },
  },
  judge({ accounts: { rootEquivalent, administrators, emptyPasswords, automaticLogin } }, { maxAdministrators }) {
    const others = rootEquivalent.filter((name) => name !== 'root')
    const says = { count: administrators, maximum: maxAdministrators }
    return [
      others.length === 0
        ? pass('root', 'accounts.rootEquivalent', 'one-root')
        : fail('root', 'accounts.rootEquivalent', 'more-roots', { names: rootEquivalent.join(', ') }),
      emptyPasswords === null
        ? info('passwords', 'accounts.emptyPasswords', 'passwords-unseen')
        : emptyPasswords === 0
          ? pass('passwords', 'accounts.emptyPasswords', 'passwords')
          : fail('passwords', 'accounts.emptyPasswords', 'no-password', { count: emptyPasswords }),
      administrators <= maxAdministrators
        ? pass('administrators', 'accounts.administrators', 'few', says)
        : fail('administrators', 'accounts.administrators', 'many', says),
      ...(automaticLogin === undefined
        ? []
        : [(automaticLogin ? fail : pass)('sign-in', 'accounts.automaticLogin', automaticLogin ? 'signs-in' : 'asks')]),
    ]
  },
} satisfies Check<HostFacts, 'accounts', typeof params>
