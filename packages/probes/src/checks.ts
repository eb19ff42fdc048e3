// One line for each check; its file holds all the rest.
export { tlsChain } from './tls/checks/chain.ts'
export { tlsCiphers } from './tls/checks/ciphers.ts'
export { tlsClientCert } from './tls/checks/client-cert.ts'
export { tlsExpiry } from './tls/checks/expiry.ts'
export { tlsProtocols } from './tls/checks/protocols.ts'
