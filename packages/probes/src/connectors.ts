// One line for each connector; its folder holds all the rest.
export { dns } from './dns/connector.ts'
export { git } from './git/connector.ts'
export { host } from './host/connector.ts'
export { http } from './http/connector.ts'
export { postgres } from './postgres/connector.ts'
export { self } from './self/connector.ts'
export { tls } from './tls/connector.ts'
export { versions } from './versions/connector.ts'
