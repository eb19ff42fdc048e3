import { examine } from '../../testing/examine.ts'
import { entraGuestAccess } from './guest-access.ts'

examine(entraGuestAccess, {
  good: {
    authorization: {
      guestRole: '2AF84B1E-32c8-42b7-82bc-daa82404023b',
      invitesFrom: 'adminsAndGuestInviters',
      consent: [],
    },
  },
  bad: {
    'guests see what members see': {
      change: (f) => {
        f.authorization.guestRole = 'a0b1b346-4d3e-4e8b-98f8-753987be4970'
      },
      says: 'member',
    },
    'the level is not known': {
      change: (f) => {
        f.authorization.guestRole = '00000000-0000-4000-8000-000000000000'
      },
      says: 'unknown',
    },
    'no level is set': {
      change: (f) => {
        f.authorization.guestRole = null
      },
      says: 'unknown',
    },
    'everybody may invite': {
      change: (f) => {
        f.authorization.invitesFrom = 'everyone'
      },
      says: 'open',
    },
    'all members may invite': {
      change: (f) => {
        f.authorization.invitesFrom = 'adminsGuestInvitersAndAllMembers'
      },
      says: 'open',
    },
  },
})
