import { examine } from '../../testing/examine.ts'
import { volume } from '../samples.ts'
import { hzVolumesAttached } from './volumes-attached.ts'

examine(hzVolumesAttached, {
  good: { volumes: [volume(), volume({ id: 77, server: null, labels: { keep: 'until-audit' } })] },
  bad: {
    'a volume outlived its server': {
      change: (f) => {
        f.volumes.push(volume({ id: 78, server: null, labels: {} }))
      },
      says: 'alone',
    },
    'the label is not one of those that were declared': {
      change: (f) => {
        f.volumes.push(volume({ id: 79, server: null, labels: { keep: 'for-ever' } }))
      },
      says: 'alone',
      parameters: { keptLabels: ['keep=until-audit'] },
    },
  },
  told: {
    'it is kept on purpose': {
      change: (f) => {
        f.volumes = [volume({ server: null, labels: { keep: '' } })]
      },
      says: 'kept',
    },
  },
  empty: {
    'there is no volume': (f) => {
      f.volumes = []
    },
  },
})
