import { examine } from '../../testing/examine.ts'
import { hostSsh } from './ssh.ts'

examine(hostSsh, {
  good: {
    ssh: {
      installed: true,
      rootLogin: 'no',
      passwordLogin: false,
      algorithms: ['curve25519-sha256', 'aes256-gcm@openssh.com', 'hmac-sha2-512'],
    },
  },
  bad: {
    'root may log in': {
      change: (f) => {
        f.ssh.rootLogin = 'yes'
      },
      says: 'root',
    },
    'passwords are accepted': {
      change: (f) => {
        f.ssh.passwordLogin = true
      },
      says: 'passwords',
    },
    'a MAC uses SHA-1': {
      change: (f) => {
        f.ssh.algorithms.push('hmac-sha1')
      },
      says: 'old',
    },
    'a key exchange is old': {
      change: (f) => {
        f.ssh.algorithms.push('diffie-hellman-group1-sha1')
      },
      says: 'old',
    },
    'a cipher uses CBC': {
      change: (f) => {
        f.ssh.algorithms.push('aes128-cbc')
      },
      says: 'old',
    },
  },
  empty: {
    'sshd is not installed': (f) => {
      f.ssh.installed = false
    },
  },
})
