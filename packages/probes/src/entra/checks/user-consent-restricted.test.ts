import { examine } from '../../testing/examine.ts'
import { entraUserConsentRestricted } from './user-consent-restricted.ts'

examine(entraUserConsentRestricted, {
  good: {
    authorization: { guestRole: null, invitesFrom: null, consent: ['microsoft-user-default-low', 'own'] },
  },
  parameters: { allowed: ['microsoft-user-default-low', 'own'] },
  bad: {
    'users may consent to everything': {
      change: (f) => {
        f.authorization.consent.push('microsoft-user-default-legacy')
      },
      says: 'open',
    },
    'a policy of the tenant is not allowed': { change: () => undefined, says: 'open', parameters: {} },
  },
})

examine(entraUserConsentRestricted, {
  good: { authorization: { guestRole: null, invitesFrom: null, consent: [] } },
  bad: {
    'Microsoft decides': {
      change: (f) => {
        f.authorization.consent = ['microsoft-user-default-recommended']
      },
      says: 'open',
    },
  },
})
