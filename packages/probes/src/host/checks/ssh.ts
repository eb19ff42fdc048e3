import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { HostFacts } from '../facts.ts'

export const hostSsh = {
  id: 'host.ssh',
  version: 1,
  connector: 'host',
  also: ['computer'],
  title: {
    en: 'Remote login takes keys only, not root, and modern algorithms',
    de: 'Fernzugang nur mit Schlüssel, nicht als root und mit zeitgemäßen Verfahren',
  },
  why: {
    en: 'Passwords at an open port are guessed around the clock.',
    de: 'Passwörter an einem offenen Port werden rund um die Uhr geraten.',
  },
  remedy: {
    en: 'In sshd_config: PasswordAuthentication no, PermitRootLogin no, and no algorithm with SHA-1, CBC, 3DES or MD5.',
    de: 'In sshd_config: PasswordAuthentication no, PermitRootLogin no und kein Verfahren mit SHA-1, CBC, 3DES oder MD5.',
  },
  severity: 'high',
  serves: [
    { measure: 'key-based-login', as: 'proves' },
    { measure: 'system-hardening', as: 'proves' },
    { measure: 'privileged-access', as: 'supports' },
  ],
  params: noParams,
  reads: ['ssh'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.5', 'BSI SYS.1.3'],
  sources: ['https://man.openbsd.org/sshd_config', 'https://www.bsi.bund.de/dok/TR-02102'],
  pitfalls: [
    'The settings in force are read (sshd -T), not the file; blocks by Match are not unfolded.',
    'No sshd installed is not-applicable.',
  ],
  messages: {
    'no-root': { en: 'root cannot log in with a password.', de: 'root kann sich nicht mit Passwort anmelden.' },
    root: { en: 'root may log in ({value}).', de: 'root darf sich anmelden ({value}).' },
    keys: { en: 'Passwords are not accepted.', de: 'Passwörter werden nicht angenommen.' },
    passwords: { en: 'Passwords are accepted.', de: 'Passwörter werden angenommen.' },
    modern: { en: 'All algorithms are current.', de: 'Alle Verfahren sind zeitgemäß.' },
    old: { en: 'Weak algorithms are offered: {names}', de: 'Schwache Verfahren werden angeboten: {names}' },
  },
  judge({ ssh: { installed, rootLogin, passwordLogin, algorithms } }) {
    if (!installed) return []
    const weak = algorithms.filter((name) => isWeak(name))
    const rootIsOut = ['no', 'prohibit-password', 'without-password', 'forced-commands-only'].includes(rootLogin)
    return [
      rootIsOut
        ? pass('root', 'ssh.rootLogin', 'no-root')
        : fail('root', 'ssh.rootLogin', 'root', { value: rootLogin }),
      (passwordLogin ? fail : pass)('passwords', 'ssh.passwordLogin', passwordLogin ? 'passwords' : 'keys'),
      weak.length === 0
        ? pass('algorithms', 'ssh.algorithms', 'modern')
        : fail('algorithms', 'ssh.algorithms', 'old', { names: weak.join(', ') }),
    ]
  },
} satisfies Check<HostFacts, 'ssh', typeof noParams>

const isWeak = (name: string) => /sha1(?!\d)|md5|-cbc|3des|arcfour|group1-|group-exchange-sha1/.test(name)
