// One line for each connector; its folder holds all the rest.
export { tls } from './tls/connector.ts'
