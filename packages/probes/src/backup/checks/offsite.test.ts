import { examine } from '../../testing/examine.ts'
import { backupOffsite } from './offsite.ts'

examine(backupOffsite, {
  good: {
    location: {
      sameMachine: false,
      sourcePlace: 'Falkenstein',
      repositoryPlace: 'Helsinki',
      separateCredentials: true,
    },
  },
  bad: {
    'the repository lies on the machine that it backs up': {
      change: (f) => {
        f.location.sameMachine = true
      },
      says: 'same-machine',
    },
    'both are in one place, however it is spelt': {
      change: (f) => {
        f.location.repositoryPlace = ' FALKENSTEIN '
      },
      says: 'same-place',
    },
    'a place is not known': {
      change: (f) => {
        f.location.sourcePlace = null
      },
      says: 'unknown',
    },
    'the same people can delete the backups': {
      change: (f) => {
        f.location.separateCredentials = false
      },
      says: 'shared',
    },
  },
})
