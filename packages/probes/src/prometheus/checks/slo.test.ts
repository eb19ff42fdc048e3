import { examine } from '../../testing/examine.ts'
import { apmSlo } from './slo.ts'

const service = { name: 'blackbox https://shop.example.com', average: 0.9995, coveredDays: 29.9 }
type Facts = { availability: { services: (typeof service)[] } }
const first = (f: Facts) => f.availability.services[0] ?? service

examine(apmSlo, {
  good: { availability: { metric: 'probe_success', windowDays: 30, services: [service] } },
  parameters: { minPercent: 99.9 },
  bad: {
    'the service was down too long': {
      change: (f) => {
        first(f).average = 0.9989
      },
      says: 'missed',
    },
    'more is promised': { change: () => undefined, parameters: { minPercent: 99.96 }, says: 'missed' },
    'a young measurement is already too low': {
      change: (f) => {
        Object.assign(first(f), { average: 0.5, coveredDays: 1 })
      },
      says: 'missed',
    },
  },
  told: {
    'samples do not go back far enough': {
      change: (f) => {
        first(f).coveredDays = 15
      },
      says: 'young',
    },
  },
  empty: {
    'nothing is measured': (f) => {
      f.availability.services = []
    },
  },
})
