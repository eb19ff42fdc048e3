import { examine } from '../../testing/examine.ts'
import type { PrometheusFacts } from '../facts.ts'
import { apmAlerting } from './alerting.ts'

const alertmanager: PrometheusFacts['alertmanager'] = {
  isReady: true,
  receivers: 2,
  watchdog: { isHeldBack: false, receivers: 1 },
}

examine(apmAlerting, {
  good: {
    watchdog: { name: 'Watchdog', isFiring: true, alertmanagers: 1 },
    alertmanager,
    delivery: { minutesAgo: 4 },
  },
  bad: {
    'the watchdog does not fire': {
      change: (f) => {
        f.watchdog.isFiring = false
      },
      says: 'quiet',
    },
    'Prometheus knows no Alertmanager': {
      change: (f) => {
        f.watchdog.alertmanagers = 0
      },
      says: 'alone',
    },
    'Alertmanager is not ready': {
      change: (f) => {
        f.alertmanager.isReady = false
      },
      says: 'not-ready',
    },
    'the watchdog got lost': {
      change: (f) => {
        f.alertmanager.watchdog = null
      },
      says: 'lost',
    },
    'the watchdog is silenced': {
      change: (f) => {
        f.alertmanager.watchdog = { isHeldBack: true, receivers: 0 }
      },
      says: 'held',
    },
    'it arrived too long ago': {
      change: (f) => {
        f.delivery.minutesAgo = 1_441
      },
      says: 'late',
    },
    'it never arrived': {
      change: (f) => {
        f.delivery.minutesAgo = null
      },
      says: 'never',
    },
  },
})
