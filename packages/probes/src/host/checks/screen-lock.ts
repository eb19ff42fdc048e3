import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { HostFacts } from '../facts.ts'

const params = z.object({
  maxSeconds: field(z.number().positive().default(600), {
    label: { en: 'Longest time without input until the lock', de: 'Längste Zeit ohne Eingabe bis zur Sperre' },
    unit: 'seconds',
  }),
})

export const hostScreenLock = {
  id: 'host.screen-lock',
  version: 1,
  connector: 'host',
  also: ['computer'],
  title: {
    en: 'The screen locks itself and asks for the password',
    de: 'Der Bildschirm sperrt sich und verlangt das Passwort',
  },
  why: {
    en: 'Whoever passes an unattended desk must not find an open session.',
    de: 'Wer an einem verlassenen Platz vorbeigeht, darf keine offene Sitzung vorfinden.',
  },
  remedy: {
    en: 'Set idle-delay, lock-enabled and lock-delay in a dconf database of the machine, and list all three under locks; then run dconf update.',
    de: 'idle-delay, lock-enabled und lock-delay in einer dconf-Datenbank des Rechners setzen, alle drei unter locks aufführen, dann dconf update ausführen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'screen-lock', as: 'proves', takes: { screenLock: 'maxSeconds' } },
    { measure: 'mobile-device-management', as: 'supports' },
  ],
  params,
  reads: ['screenLock'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.7.7', 'ISO/IEC 27001:2022 A.8.1', 'BSI SYS.2.1'],
  sources: ['https://help.gnome.org/admin/system-admin-guide/stable/desktop-lockscreen.html'],
  pitfalls: [
    'What one user has set is not asked: root does not see it. Only what the machine enforces counts.',
    'Files of dconf are read, not the database made from them: after a change, dconf update is needed.',
    'Of Linux only GNOME is known. Windows: the inactivity limit of the machine; macOS: what a profile enforces.',
    'A server without a desktop has nothing to lock.',
  ],
  messages: {
    locks: {
      en: 'Locks after {seconds} seconds, for every user.',
      de: 'Sperrt nach {seconds} Sekunden, für alle Benutzer.',
    },
    never: { en: 'The screen never turns idle.', de: 'Der Bildschirm wird nie als ungenutzt erkannt.' },
    off: { en: 'The screen does not lock itself.', de: 'Der Bildschirm sperrt sich nicht.' },
    late: {
      en: 'Locks after {seconds} seconds; at most {limit} are allowed.',
      de: 'Sperrt nach {seconds} Sekunden; erlaubt sind {limit}.',
    },
    loose: { en: 'Each user can change the lock.', de: 'Jeder Benutzer kann die Sperre ändern.' },
  },
  judge({ screenLock }, { maxSeconds }) {
    return screenLock.map((one, index): Verdict => {
      const at = (part: string) => `screenLock.${index}.${part}`
      const seconds = one.idleSeconds + one.delaySeconds
      if (!one.locks) return fail(one.desktop, at('locks'), 'off')
      if (one.idleSeconds === 0) return fail(one.desktop, at('idleSeconds'), 'never')
      if (seconds > maxSeconds)
        return fail(one.desktop, [at('idleSeconds'), at('delaySeconds')], 'late', { seconds, limit: maxSeconds })
      if (!one.isEnforced) return fail(one.desktop, at('isEnforced'), 'loose')
      return pass(one.desktop, [at('idleSeconds'), at('delaySeconds')], 'locks', { seconds })
    })
  },
} satisfies Check<HostFacts, 'screenLock', typeof params>
