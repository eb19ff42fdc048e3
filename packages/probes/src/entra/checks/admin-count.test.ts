import { examine } from '../../testing/examine.ts'
import type { EntraFacts } from '../facts.ts'
import { entraAdminCount } from './admin-count.ts'

const admin = (id: string, given: Partial<EntraFacts['admins'][number]> = {}): EntraFacts['admins'][number] => ({
  id,
  kind: 'user',
  standing: true,
  enabled: true,
  synced: false,
  guest: false,
  generic: false,
  ...given,
})

examine(entraAdminCount, {
  good: { admins: [admin('a'), admin('b')] },
  parameters: { declared: [{ subject: 'emergency', until: '2027-01-31' }] },
  bad: {
    'one is alone': {
      change: (f) => {
        f.admins = f.admins.slice(0, 1)
      },
      says: 'few',
    },
    'the second one is disabled': {
      change: (f) => {
        f.admins = [admin('a'), admin('b', { enabled: false })]
      },
      says: 'few',
    },
    'there are five': {
      change: (f) => {
        f.admins.push(admin('c'), admin('d'), admin('e', { standing: false }), admin('f'))
      },
      says: 'many',
    },
    'an application holds the role': {
      change: (f) => {
        f.admins.push(admin('app', { kind: 'application' }))
      },
      says: 'application',
    },
    'a guest holds the role': {
      change: (f) => {
        f.admins.push(admin('guest', { guest: true }))
      },
      says: 'guest',
    },
    'one comes from a directory on premises': {
      change: (f) => {
        f.admins.push(admin('old', { synced: true }))
      },
      says: 'synced',
    },
    'one has a generic name': {
      change: (f) => {
        f.admins.push(admin('root', { generic: true }))
      },
      says: 'generic',
    },
  },
  told: {
    'a generic one is declared': {
      change: (f) => {
        f.admins.push(admin('emergency', { generic: true }))
      },
      says: 'declared',
    },
    'a disabled one still holds the role': {
      change: (f) => {
        f.admins.push(admin('former', { enabled: false }))
      },
      says: 'disabled',
    },
  },
  empty: {
    'nobody holds the role': (f) => {
      f.admins = []
    },
  },
})
