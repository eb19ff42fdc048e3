import { examine } from '../../testing/examine.ts'
import { entraNoSharedAccounts } from './no-shared-accounts.ts'

examine(entraNoSharedAccounts, {
  good: {
    accounts: { members: 12, people: { declared: 10, withEmployeeNumber: 2 }, doubtful: [] },
  },
  parameters: { declared: [{ subject: 'meeting-room', until: '2027-01-31' }] },
  bad: {
    'somebody signs in as info@': {
      change: (f) => {
        f.accounts.doubtful.push({ id: 'info', generic: true, mapped: true, signsIn: true })
      },
      says: 'generic',
    },
    'an account belongs to nobody': {
      change: (f) => {
        f.accounts.doubtful.push({ id: 'stranger', generic: false, mapped: false, signsIn: null })
      },
      says: 'unmapped',
    },
    'a generic account without owner is used by a program': {
      change: (f) => {
        f.accounts.doubtful.push({ id: 'scanner', generic: true, mapped: false, signsIn: false })
      },
      says: 'unmapped',
    },
    'nobody said who the people are, and somebody signs in as dev@': {
      change: (f) => {
        f.accounts.people = { declared: 0, withEmployeeNumber: 0 }
        f.accounts.doubtful = [{ id: 'dev', generic: true, mapped: null, signsIn: true }]
      },
      says: 'generic',
    },
  },
  told: {
    'nobody said who the people are': {
      change: (f) => {
        f.accounts.people = { declared: 0, withEmployeeNumber: 0 }
      },
      says: 'unknownPeople',
    },
    'a generic account belongs to somebody and is not used': {
      change: (f) => {
        f.accounts.doubtful.push({ id: 'press', generic: true, mapped: true, signsIn: null })
      },
      says: 'genericIdle',
    },
    'a shared account is declared': {
      change: (f) => {
        f.accounts.doubtful.push({ id: 'meeting-room', generic: true, mapped: false, signsIn: true })
      },
      says: 'declared',
    },
  },
  empty: {
    'there are no members': (f) => {
      f.accounts = { members: 0, people: { declared: 0, withEmployeeNumber: 0 }, doubtful: [] }
    },
  },
})
