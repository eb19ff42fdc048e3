import { examine } from '../../testing/examine.ts'
import { database, server } from '../samples.ts'
import { hzEnvSeparate } from './env-separate.ts'

const network = (change: object = {}) => ({ id: 31, name: 'prod-net', labels: {}, ...change })

examine(hzEnvSeparate, {
  good: { servers: [server(), database()], networks: [network(), network({ id: 32, name: 'spare' })] },
  bad: {
    'a server for tests is in a network of production': {
      change: (f) => {
        f.servers = [server(), server({ id: 13, name: 'test-1', labels: { env: 'test' } })]
      },
      says: 'mixed',
    },
    'a network that is labelled as production holds a server for tests': {
      change: (f) => {
        f.servers = [server({ id: 13, name: 'test-1', labels: { env: 'staging' }, networks: [32] })]
        f.networks = [network(), network({ id: 32, labels: { env: 'prod' } })]
      },
      says: 'mixed',
    },
    'a server of unknown environment is in it': {
      change: (f) => {
        f.servers = [server(), server({ id: 14, name: 'old', labels: {} })]
      },
      says: 'unlabelled',
    },
  },
  told: {
    'both are in one project, each in its own network': {
      change: (f) => {
        f.servers = [server(), server({ id: 13, name: 'test-1', labels: { env: 'test' }, networks: [32] })]
      },
      says: 'oneProject',
    },
  },
  empty: {
    'nothing is of production': (f) => {
      f.servers = [server({ labels: {} })]
    },
  },
})
