import { examine } from '../../testing/examine.ts'
import { azureLocks } from './locks.ts'

examine(azureLocks, {
  good: {
    locks: {
      groups: [{ group: '11111111/rg-prod' }, { group: '11111111/rg-test' }, { group: '22222222/rg-data' }],
      locks: [
        { on: 'group', subscription: '11111111', group: '11111111/rg-prod' },
        { on: 'resource', subscription: '11111111', group: '11111111/rg-test' },
        { on: 'subscription', subscription: '22222222', group: null },
      ],
    },
  },
  parameters: { groups: ['RG-Prod', '22222222/rg-data'] },
  bad: {
    'the lock of a group is gone': {
      change: (f) => {
        f.locks.locks = f.locks.locks.filter(({ on }) => on !== 'group')
      },
      says: 'open',
    },
    'the lock of a subscription is gone': {
      change: (f) => {
        f.locks.locks = f.locks.locks.filter(({ on }) => on !== 'subscription')
      },
      says: 'open',
    },
    'only a resource of the group is locked': {
      change: (f) => {
        f.locks.locks[1]!.on = 'resource'
      },
      says: 'open',
      parameters: { groups: ['rg-test'] },
    },
    'a declared group is not there': {
      change: (f) => {
        f.locks.groups.shift()
      },
      says: 'missing',
    },
  },
  told: {
    'nothing is declared': {
      change: (f) => {
        f.locks.groups.reverse()
      },
      says: 'undeclared',
      parameters: {},
    },
  },
})
