import type { HostFacts } from '../facts.ts'
import { examine } from '../../testing/examine.ts'
import { hostScreenLock } from './screen-lock.ts'

const lock = (more: Partial<HostFacts['screenLock'][number]>) => (f: { screenLock: HostFacts['screenLock'] }) => {
  f.screenLock = f.screenLock.map((one) => ({ ...one, ...more }))
}

examine(hostScreenLock, {
  good: { screenLock: [{ desktop: 'gnome', idleSeconds: 300, locks: true, delaySeconds: 0, isEnforced: true }] },
  bad: {
    'it never locks': { change: lock({ locks: false }), says: 'off' },
    'the screen is never idle': { change: lock({ idleSeconds: 0 }), says: 'never' },
    'it locks too late': { change: lock({ idleSeconds: 900 }), says: 'late' },
    'the password is asked too late': { change: lock({ delaySeconds: 3600 }), says: 'late' },
    'users can change it': { change: lock({ isEnforced: false }), says: 'loose' },
    'a shorter time was promised': { change: () => undefined, says: 'late', parameters: { maxSeconds: 60 } },
  },
  empty: {
    'there is no desktop': (f) => {
      f.screenLock = []
    },
  },
})
