import { examine } from '../../testing/examine.ts'
import type { Service } from '../facts.ts'
import { apmAlive } from './alive.ts'

const service: Service = { job: 'shop', targets: 2, up: 2, silentSeconds: 12 }
const first = (f: { services: Service[] }) => f.services[0] ?? service

examine(apmAlive, {
  good: { services: [service, { ...service, job: 'database' }] },
  parameters: { services: ['shop'] },
  bad: {
    'a target does not answer': {
      change: (f) => {
        first(f).up = 1
      },
      says: 'down',
    },
    'a target is silent': {
      change: (f) => {
        first(f).silentSeconds = 301
      },
      says: 'silent',
    },
    'a target has never answered': {
      change: (f) => {
        first(f).silentSeconds = null
      },
      says: 'never',
    },
    'a declared service is not there': {
      change: (f) => {
        f.services.shift()
      },
      parameters: { services: ['shop', 'queue'] },
      says: 'missing',
    },
  },
})
