import { examine } from '../../testing/examine.ts'
import { azureServiceHealthAlert } from './health-alert.ts'

const alert = {
  resource: '11111111/rg-prod/activitylogalerts/health',
  enabled: true,
  receivers: 2,
  narrowed: false,
}

examine(azureServiceHealthAlert, {
  good: { healthAlerts: [{ subscription: '11111111-1111-4111-8111-111111111111', alerts: [alert] }] },
  bad: {
    'there is none': {
      change: (f) => {
        f.healthAlerts[0]!.alerts = []
      },
      says: 'none',
    },
    'it is switched off': {
      change: (f) => {
        f.healthAlerts[0]!.alerts = [{ ...alert, enabled: false }]
      },
      says: 'off',
    },
    'it tells nobody': {
      change: (f) => {
        f.healthAlerts[0]!.alerts = [{ ...alert, receivers: 0 }]
      },
      says: 'nobody',
    },
    'it is there for another subscription only': {
      change: (f) => {
        f.healthAlerts.push({ subscription: '22222222-2222-4222-8222-222222222222', alerts: [] })
      },
      says: 'none',
    },
  },
  told: {
    'it tells of some incidents only': {
      change: (f) => {
        f.healthAlerts[0]!.alerts = [{ ...alert, narrowed: true }]
      },
      says: 'narrow',
    },
  },
  empty: {
    'no subscription is there': (f) => {
      f.healthAlerts = []
    },
  },
})
