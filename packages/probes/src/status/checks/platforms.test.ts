import { examine } from '../../testing/examine.ts'
import { statusPlatforms } from './platforms.ts'

const incident = (id: string, publishedAt: string) => ({
  id,
  publishedAt,
  touches: ['Forge'],
  link: null,
  title: null,
  state: null,
})
const by = 'operations'

examine(statusPlatforms, {
  good: {
    incidents: [
      incident('a', '2026-11-10T08:00:00.000Z'),
      incident('b', '2026-11-01T08:00:00.000Z'),
      { ...incident('elsewhere', '2026-11-01T08:00:00.000Z'), touches: [] },
    ],
    acknowledgements: [
      { incident: 'a', by, at: '2026-11-11T09:00:00+01:00' },
      { incident: 'a', by, at: '2026-11-13T09:00:00Z' },
      { incident: 'b', by, at: '2026-11-01T07:59:00Z' },
    ],
  },
  bad: {
    'nobody acknowledged': {
      change: (f) => {
        f.acknowledgements = f.acknowledgements.filter((one) => one.incident !== 'b')
      },
      says: 'unseen',
    },
    'somebody acknowledged too late': {
      change: (f) => {
        f.acknowledgements = f.acknowledgements.map((one) => ({ ...one, at: '2026-11-20T08:00:00Z' }))
      },
      says: 'late',
    },
    'an acknowledgement lies in the future': {
      change: (f) => {
        f.acknowledgements = f.acknowledgements.map((one) => ({ ...one, at: '2027-01-01T00:00:00Z' }))
      },
      says: 'unseen',
    },
    'the platform does not say what is touched': {
      change: (f) => {
        f.incidents.push({ ...incident('c', '2026-11-03T00:00:00.000Z'), touches: ['*'] })
      },
      says: 'unseen',
    },
    'less time was promised': { change: () => undefined, says: 'late', parameters: { withinHours: 4 } },
  },
  told: {
    'there is still time': {
      change: (f) => {
        f.incidents.push(incident('c', '2026-11-22T00:00:00.000Z'))
      },
      says: 'open',
    },
    'something is announced': {
      change: (f) => {
        f.incidents.push(incident('c', '2026-12-22T00:00:00.000Z'))
      },
      says: 'planned',
    },
  },
  empty: {
    'there was no incident': (f) => {
      f.incidents = []
    },
    'no incident touches what is used': (f) => {
      for (const one of f.incidents) one.touches = []
    },
  },
})
