import { z } from 'zod'
import type { AnyOperation } from '../kernel/index.ts'
import { Problem } from './problem.ts'

/** The path of an operation: `measure.confirm` in a tenant is `/api/tenants/{tenant}/measure/confirm`. */
export function pathOf(operation: AnyOperation): string {
  const [noun = '', verb = ''] = operation.id.split('.')
  return operation.scope === 'tenant' ? `/api/tenants/{tenant}/${noun}/${verb}` : `/api/${noun}/${verb}`
}

/** GET for what only reads, POST for what changes or takes a file. */
export function methodOf(operation: AnyOperation): 'get' | 'post' {
  return operation.changes || operation.kind === 'upload' ? 'post' : 'get'
}

/** The OpenAPI 3.1 document, made from the operations alone. */
export function openApi(operations: readonly AnyOperation[], version: string, server: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    const path = (paths[pathOf(operation)] ??= {})
    path[methodOf(operation)] = describe(operation)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'art32', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: server }],
    paths,
    components: {
      schemas: { Problem: schema(Problem, 'output') },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: `${server.startsWith('https:') ? '__Host-' : ''}art32.session_token`,
        },
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'art32_…' },
      },
    },
  }
}

/** An upload's body is the bytes alone; the name goes beside it. */
const uploadName = {
  name: 'name',
  in: 'query',
  required: true,
  description: 'Name of the file',
  schema: { type: 'string', maxLength: 255 },
}

function describe(operation: AnyOperation): Record<string, unknown> {
  const method = methodOf(operation)
  const statuses = new Set([400, 429, 500, ...operation.refuses.map((refusal) => refusal.definition.status)])
  if (operation.scope !== 'public') statuses.add(401)
  if (operation.stepUp) statuses.add(403)
  if (operation.scope === 'tenant') statuses.add(403).add(404)
  return {
    operationId: operation.id,
    summary: operation.summary,
    ...(operation.stepUp
      ? { description: 'Refused with account.confirm_needed unless account.confirm was called within ten minutes.' }
      : {}),
    'x-step-up': operation.stepUp,
    tags: [operation.id.split('.')[0]],
    security: {
      public: [],
      installation: [{ session: [] }],
      tenant: [{ session: [] }, { token: [] }],
    }[operation.scope],
    parameters: [
      ...(operation.scope === 'tenant'
        ? [{ name: 'tenant', in: 'path', required: true, schema: { type: 'string' } }]
        : []),
      ...(operation.kind === 'upload' ? [uploadName] : []),
      ...(method === 'get' || operation.kind === 'upload' ? queryParameters(operation.input) : []),
    ],
    ...(method === 'post' ? { requestBody: { required: true, content: bodyOf(operation) } } : {}),
    responses: {
      200: { description: 'Done', content: answerOf(operation) },
      ...Object.fromEntries(
        [...statuses]
          .toSorted((a, b) => a - b)
          .map((status) => [
            status,
            {
              description:
                operation.refuses
                  .filter((refusal) => refusal.definition.status === status)
                  .map((refusal) => refusal.definition.code)
                  .join(', ') || 'Refused',
              content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
            },
          ]),
      ),
    },
  }
}

function bodyOf(operation: AnyOperation): Record<string, unknown> {
  if (operation.kind === 'upload')
    return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
  return { 'application/json': { schema: schema(operation.input, 'input') } }
}

function answerOf(operation: AnyOperation): Record<string, unknown> {
  if (operation.kind === 'download' || operation.filters)
    return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
  const type = operation.kind === 'stream' ? 'text/event-stream' : 'application/json'
  return { [type]: { schema: schema(operation.output, 'output') } }
}

function queryParameters(input: z.ZodObject): Record<string, unknown>[] {
  return Object.entries(input.shape).map(([name, field]) => ({
    name,
    in: 'query',
    required: !z.safeParse(field as z.ZodType, undefined).success,
    schema: schema(field as z.ZodType, 'input'),
  }))
}

function schema(type: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io, unrepresentable: 'any' })
  return rest
}
