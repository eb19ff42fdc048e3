import type { JsonSchema } from './json-schema.ts'

/*
 * The JSON schemas of OSCAL as far as art32 writes them: an excerpt, not NIST's files. They cannot be had from the registries
 * that the build may use, so the rules were transcribed from release 1.2.0 of the published schemas (a work of the United
 * States government, in the public domain there and CC0 elsewhere) and compared with a table of the records of 1.1.2, the
 * release that the files name. Types, patterns, required members, enumerations and least lengths are the published ones;
 * descriptions and members that art32 never writes are left out, and so are members that only one of the two releases has, such as
 * remarks of a related observation. Unknown members are refused everywhere as there, so what holds here holds by both.
 */

/** `!` after a name: required; `[]`: a list of at least one; a name with a small letter is a definition, one with a capital a datatype. */
type Members = Readonly<Record<string, string | JsonSchema>>

function object(members: Members): JsonSchema {
  const entries = Object.entries(members).map(([key, of]) => {
    const one = typeof of === 'string' ? { $ref: `#/definitions/${of}` } : of
    const name = key.replace(/!?(?:\[\])?!?$/, '')
    return { name, required: key.includes('!'), schema: key.includes('[]') ? listOf(one) : one }
  })
  const required = entries.filter((entry) => entry.required).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(({ name, schema }) => [name, schema])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  }
}

const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', minItems: 1, items })

/** One of these and nothing else. */
const oneOf = (of: string, ...values: readonly string[]): JsonSchema => ({
  allOf: [{ $ref: `#/definitions/${of}` }, { enum: values }],
})

const property = { 'props[]': 'property' } as const
const annotated = { ...property, 'links[]': 'link' } as const

const group = {
  id: 'Token',
  class: 'Token',
  'title!': 'Line',
  'params[]': 'parameter',
  ...annotated,
  'parts[]': 'part',
} as const

const parameter = {
  'id!': 'Token',
  class: 'Token',
  ...annotated,
  label: 'Line',
  usage: 'Multiline',
  remarks: 'Multiline',
} as const

const definitions: Readonly<Record<string, JsonSchema>> = {
  catalog: object({
    'uuid!': 'Uuid',
    'metadata!': 'metadata',
    'params[]': 'parameter',
    'controls[]': 'control',
    'groups[]': 'group',
    'back-matter': 'back-matter',
  }),
  group: {
    type: 'object',
    anyOf: [object({ ...group, 'groups[]': 'group' }), object({ ...group, 'controls[]': 'control' })],
  },
  control: object({
    'id!': 'Token',
    class: 'Token',
    'title!': 'Line',
    'params[]': 'parameter',
    ...annotated,
    'parts[]': 'part',
    'controls[]': 'control',
  }),
  part: object({
    id: 'Token',
    'name!': 'Token',
    ns: 'Uri',
    class: 'Token',
    title: 'Line',
    prose: 'Multiline',
    ...annotated,
    'parts[]': 'part',
  }),
  parameter: object({ ...parameter, 'values[]': 'Text' }),
  metadata: object({
    'title!': 'Line',
    published: 'DateTime',
    'last-modified!': 'DateTime',
    'version!': 'Text',
    'oscal-version!': 'Text',
    'revisions[]': object({
      title: 'Line',
      published: 'DateTime',
      'last-modified': 'DateTime',
      'version!': 'Text',
      'oscal-version': 'Text',
      ...annotated,
      remarks: 'Multiline',
    }),
    ...annotated,
    'roles[]': object({
      'id!': 'Token',
      'title!': 'Line',
      'short-name': 'Text',
      description: 'Multiline',
      ...annotated,
      remarks: 'Multiline',
    }),
    'parties[]': object({
      'uuid!': 'Uuid',
      'type!': oneOf('Text', 'person', 'organization'),
      name: 'Text',
      'short-name': 'Text',
      ...annotated,
      remarks: 'Multiline',
    }),
    'responsible-parties[]': object({
      'role-id!': 'Token',
      'party-uuids![]': 'Uuid',
      ...annotated,
      remarks: 'Multiline',
    }),
    remarks: 'Multiline',
  }),
  'back-matter': object({
    'resources[]': object({
      'uuid!': 'Uuid',
      title: 'Line',
      description: 'Multiline',
      ...property,
      'rlinks[]': object({ 'href!': 'UriReference', 'media-type': 'Text' }),
      base64: object({ filename: 'Token', 'media-type': 'Text', 'value!': 'Base64' }),
      remarks: 'Multiline',
    }),
  }),
  property: object({
    'name!': 'Token',
    uuid: 'Uuid',
    ns: 'Uri',
    'value!': 'Text',
    class: 'Token',
    group: 'Token',
    remarks: 'Multiline',
  }),
  link: object({ 'href!': 'UriReference', rel: 'Token', 'media-type': 'Text', text: 'Line' }),
  'responsible-role': object({ 'role-id!': 'Token', ...annotated, 'party-uuids[]': 'Uuid', remarks: 'Multiline' }),
  'component-definition': object({
    'uuid!': 'Uuid',
    'metadata!': 'metadata',
    'components[]': object({
      'uuid!': 'Uuid',
      'type!': 'Text',
      'title!': 'Line',
      'description!': 'Multiline',
      purpose: 'Line',
      ...annotated,
      'responsible-roles[]': 'responsible-role',
      'control-implementations[]': 'control-implementation',
      remarks: 'Multiline',
    }),
    'back-matter': 'back-matter',
  }),
  'control-implementation': object({
    'uuid!': 'Uuid',
    'source!': 'UriReference',
    'description!': 'Multiline',
    ...annotated,
    'set-parameters[]': 'set-parameter',
    'implemented-requirements![]': object({
      'uuid!': 'Uuid',
      'control-id!': 'Token',
      'description!': 'Multiline',
      ...annotated,
      'set-parameters[]': 'set-parameter',
      'responsible-roles[]': 'responsible-role',
      remarks: 'Multiline',
    }),
  }),
  'set-parameter': object({ 'param-id!': 'Token', 'values![]': 'Text', remarks: 'Multiline' }),
  'assessment-results': object({
    'uuid!': 'Uuid',
    'metadata!': 'metadata',
    'import-ap!': object({ 'href!': 'UriReference', remarks: 'Multiline' }),
    'results![]': object({
      'uuid!': 'Uuid',
      'title!': 'Line',
      'description!': 'Multiline',
      'start!': 'DateTime',
      end: 'DateTime',
      ...annotated,
      'local-definitions': object({ 'components[]': 'component', 'assessment-assets': 'assessment-assets' }),
      'reviewed-controls!': 'reviewed-controls',
      'observations[]': 'observation',
      'findings[]': 'finding',
      remarks: 'Multiline',
    }),
    'back-matter': 'back-matter',
  }),
  component: object({
    'uuid!': 'Uuid',
    'type!': 'Text',
    'title!': 'Line',
    'description!': 'Multiline',
    purpose: 'Line',
    ...annotated,
    'status!': object({
      'state!': oneOf('Token', 'under-development', 'operational', 'disposition', 'other'),
      remarks: 'Multiline',
    }),
    remarks: 'Multiline',
  }),
  'assessment-assets': object({
    'components[]': 'component',
    'assessment-platforms![]': object({
      'uuid!': 'Uuid',
      title: 'Line',
      ...annotated,
      'uses-components[]': object({ 'component-uuid!': 'Uuid', ...annotated, remarks: 'Multiline' }),
      remarks: 'Multiline',
    }),
  }),
  'reviewed-controls': object({
    description: 'Multiline',
    ...annotated,
    'control-selections![]': {
      type: 'object',
      anyOf: [
        object({ description: 'Multiline', ...annotated, 'include-all!': object({}), remarks: 'Multiline' }),
        object({
          description: 'Multiline',
          ...annotated,
          'include-controls![]': object({ 'control-id!': 'Token', 'statement-ids[]': 'Token' }),
          remarks: 'Multiline',
        }),
      ],
    },
    'control-objective-selections[]': object({ 'include-objectives[]': object({ 'objective-id!': 'Token' }) }),
    remarks: 'Multiline',
  }),
  observation: object({
    'uuid!': 'Uuid',
    title: 'Line',
    'description!': 'Multiline',
    ...annotated,
    'methods![]': 'Text',
    'types[]': 'Token',
    'origins[]': 'origin',
    'subjects[]': object({
      'subject-uuid!': 'Uuid',
      'type!': 'Token',
      title: 'Line',
      ...annotated,
      remarks: 'Multiline',
    }),
    'relevant-evidence[]': object({
      href: 'UriReference',
      'description!': 'Multiline',
      ...annotated,
      remarks: 'Multiline',
    }),
    'collected!': 'DateTime',
    expires: 'DateTime',
    remarks: 'Multiline',
  }),
  origin: object({
    'actors![]': object({
      'type!': oneOf('Token', 'tool', 'assessment-platform', 'party'),
      'actor-uuid!': 'Uuid',
      'role-id': 'Token',
      ...annotated,
    }),
  }),
  finding: object({
    'uuid!': 'Uuid',
    'title!': 'Line',
    'description!': 'Multiline',
    ...annotated,
    'origins[]': 'origin',
    'target!': object({
      'type!': oneOf('Text', 'statement-id', 'objective-id'),
      'target-id!': 'Token',
      title: 'Line',
      description: 'Multiline',
      ...annotated,
      'status!': object({
        'state!': oneOf('Token', 'satisfied', 'not-satisfied'),
        reason: 'Token',
        remarks: 'Multiline',
      }),
      'implementation-status': object({ 'state!': 'Token', remarks: 'Multiline' }),
      remarks: 'Multiline',
    }),
    'related-observations[]': 'related-observation',
    'related-risks[]': 'related-risk',
    remarks: 'Multiline',
  }),
  'related-observation': object({ 'observation-uuid!': 'Uuid' }),
  'related-risk': object({ 'risk-uuid!': 'Uuid' }),
  'plan-of-action-and-milestones': object({
    'uuid!': 'Uuid',
    'metadata!': 'metadata',
    'system-id': object({ 'identifier-type': 'Uri', 'id!': 'Text' }),
    'local-definitions': object({ 'components[]': 'component', remarks: 'Multiline' }),
    'observations[]': 'observation',
    'risks[]': 'risk',
    'findings[]': 'finding',
    'poam-items![]': object({
      uuid: 'Uuid',
      'title!': 'Line',
      'description!': 'Multiline',
      ...annotated,
      'origins[]': 'origin',
      'related-findings[]': object({ 'finding-uuid!': 'Uuid' }),
      'related-observations[]': 'related-observation',
      'related-risks[]': 'related-risk',
      remarks: 'Multiline',
    }),
    'back-matter': 'back-matter',
  }),
  risk: object({
    'uuid!': 'Uuid',
    'title!': 'Line',
    'description!': 'Multiline',
    'statement!': 'Multiline',
    ...annotated,
    'status!': 'Token',
    'origins[]': 'origin',
    deadline: 'DateTime',
    'remediations[]': object({
      'uuid!': 'Uuid',
      'lifecycle!': 'Token',
      'title!': 'Line',
      'description!': 'Multiline',
      ...annotated,
      'origins[]': 'origin',
      remarks: 'Multiline',
    }),
    'related-observations[]': 'related-observation',
  }),
  Base64: { type: 'string', pattern: '^[0-9A-Za-z+/]+={0,2}$' },
  DateTime: {
    type: 'string',
    pattern:
      '^(((2000|2400|2800|(19|2[0-9](0[48]|[2468][048]|[13579][26])))-02-29)|(((19|2[0-9])[0-9]{2})-02-(0[1-9]|1[0-9]|2[0-8]))|(((19|2[0-9])[0-9]{2})-(0[13578]|10|12)-(0[1-9]|[12][0-9]|3[01]))|(((19|2[0-9])[0-9]{2})-(0[469]|11)-(0[1-9]|[12][0-9]|30)))T(2[0-3]|[01][0-9]):([0-5][0-9]):([0-5][0-9])(\\.[0-9]+)?(Z|(-((0[0-9]|1[0-2]):00|0[39]:30)|\\+((0[0-9]|1[0-4]):00|(0[34569]|10):30|(0[58]|12):45)))$',
  },
  Line: { type: 'string', pattern: '^[^\\n]+$' },
  Multiline: { type: 'string' },
  Text: { type: 'string', pattern: '^\\S(.*\\S)?$' },
  Token: { type: 'string', pattern: '^(\\p{L}|_)(\\p{L}|\\p{N}|[.\\-_])*$' },
  Uri: { type: 'string', pattern: '^[a-zA-Z][a-zA-Z0-9+\\-.]+:.+$' },
  // The published format "uri-reference", as the characters that RFC 3986 allows.
  UriReference: { type: 'string', pattern: "^(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=\\-]|%[0-9A-Fa-f]{2})*$" },
  Uuid: {
    type: 'string',
    pattern: '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$',
  },
}

/** The schema of a file whose only member is a model of OSCAL. */
export function oscalSchema(root: string): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    definitions,
    ...object({ $schema: 'UriReference', [`${root}!`]: root }),
  }
}
