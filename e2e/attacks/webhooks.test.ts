import { attackSuite } from './suite.ts'
import { webhookAddress, webhookReceiver, webhookSecret } from './webhooks.ts'

attackSuite('webhooks', [webhookAddress, webhookReceiver, webhookSecret])
