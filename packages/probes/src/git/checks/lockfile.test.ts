import { examine } from '../../testing/examine.ts'
import { depsLockfile } from './lockfile.ts'

examine(depsLockfile, {
  good: { dependencies: [{ manifest: 'package.json', lockfile: 'package-lock.json' }] },
  bad: {
    'a manifest has no lockfile': {
      change: (f) => {
        f.dependencies.push({ manifest: 'api/go.mod', lockfile: null })
      },
      says: 'loose',
    },
  },
  empty: {
    'nothing depends on anything': (f) => {
      f.dependencies = []
    },
  },
})
