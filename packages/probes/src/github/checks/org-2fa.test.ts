import { examine } from '../../testing/examine.ts'
import { ghOrg2fa } from './org-2fa.ts'

examine(ghOrg2fa, {
  good: { twoFactor: { required: true } },
  bad: {
    'members may do without': {
      change: (f) => {
        f.twoFactor.required = false
      },
      says: 'optional',
    },
  },
})
