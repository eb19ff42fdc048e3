import { examine } from '../../testing/examine.ts'
import { ghDefaultPermission } from './default-permission.ts'

const to = (permission: string) => (f: { defaults: { permission: string } }) => {
  f.defaults.permission = permission
}

examine(ghDefaultPermission, {
  good: { defaults: { permission: 'none' } },
  bad: {
    'everybody may write': { change: to('write'), says: 'high' },
    'everybody may administer': { change: to('admin'), says: 'high' },
    'the right has a name that nobody knows': { change: to('maintain'), says: 'high' },
  },
})
examine(ghDefaultPermission, { good: { defaults: { permission: 'read' } }, bad: {} })
