/*
 * What Azure asks of the files of a managed application, as far as ours use it: written from the published schemas, closed where those are open,
 * so that a misspelt property is found here and not in a customer's tenant.
 *
 * Sources: https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json ·
 * https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json ·
 * https://schema.management.azure.com/schemas/viewdefinition/0.0.1-preview/ViewDefinition.json · the reference of each resource type at
 * https://learn.microsoft.com/azure/templates/
 */

const text = { type: 'string', minLength: 1 } as const
const expression = { type: 'string', pattern: '^\\[.+\\]$' } as const
const yes = { const: true } as const
const list = (items: object) => ({ type: 'array', minItems: 1, items })

/** An object with these properties and no others; a name that ends with `?` may be absent. */
function closed(properties: Readonly<Record<string, object>>): object {
  const names = Object.entries(properties).map(([name, schema]) => [name.replace('?', ''), schema] as const)
  const required = Object.keys(properties).filter((name) => !name.endsWith('?'))
  return { type: 'object', properties: Object.fromEntries(names), required, additionalProperties: false }
}

const reference = closed({ id: expression })

/** Properties of the resource types by type and version of the API. */
const resources: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31': { location: expression },
  'Microsoft.KeyVault/vaults@2023-07-01': {
    location: expression,
    properties: closed({
      tenantId: expression,
      sku: closed({ family: { const: 'A' }, name: { enum: ['standard', 'premium'] } }),
      enableRbacAuthorization: yes,
      enableSoftDelete: yes,
      softDeleteRetentionInDays: { type: 'integer', minimum: 7, maximum: 90 },
      enablePurgeProtection: yes,
      publicNetworkAccess: { enum: ['enabled', 'disabled'] },
      networkAcls: closed({
        defaultAction: { enum: ['Allow', 'Deny'] },
        bypass: { enum: ['AzureServices', 'None'] },
        virtualNetworkRules: list(reference),
        ipRules: { type: 'array', items: closed({ value: text }) },
      }),
    }),
  },
  'Microsoft.KeyVault/vaults/keys@2023-07-01': {
    properties: closed({
      kty: { enum: ['RSA', 'RSA-HSM', 'EC', 'EC-HSM'] },
      keySize: { enum: [2048, 3072, 4096] },
      keyOps: list({ enum: ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'] }),
    }),
  },
  'Microsoft.Authorization/roleAssignments@2022-04-01': {
    scope: expression,
    properties: closed({
      roleDefinitionId: expression,
      principalId: expression,
      principalType: { enum: ['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device'] },
    }),
  },
  'Microsoft.Network/networkSecurityGroups@2023-09-01': {
    location: expression,
    properties: closed({
      securityRules: list(
        closed({
          name: text,
          properties: closed({
            priority: { type: 'integer', minimum: 100, maximum: 4096 },
            direction: { enum: ['Inbound', 'Outbound'] },
            access: { enum: ['Allow', 'Deny'] },
            protocol: { enum: ['Tcp', 'Udp', 'Icmp', 'Esp', 'Ah', '*'] },
            sourceAddressPrefix: text,
            sourcePortRange: text,
            destinationAddressPrefix: text,
            destinationPortRanges: list(text),
          }),
        }),
      ),
    }),
  },
  'Microsoft.Network/virtualNetworks@2023-09-01': {
    location: expression,
    properties: closed({
      addressSpace: closed({ addressPrefixes: list(text) }),
      subnets: list(
        closed({
          name: text,
          properties: closed({
            addressPrefix: text,
            networkSecurityGroup: reference,
            serviceEndpoints: list(closed({ service: text })),
          }),
        }),
      ),
    }),
  },
  'Microsoft.Network/publicIPAddresses@2023-09-01': {
    location: expression,
    sku: closed({ name: { enum: ['Basic', 'Standard'] } }),
    properties: closed({
      publicIPAllocationMethod: { enum: ['Static', 'Dynamic'] },
      dnsSettings: closed({ domainNameLabel: expression }),
    }),
  },
  'Microsoft.Network/networkInterfaces@2023-09-01': {
    location: expression,
    properties: closed({
      ipConfigurations: list(
        closed({
          name: text,
          properties: closed({
            privateIPAllocationMethod: { enum: ['Static', 'Dynamic'] },
            subnet: reference,
            publicIPAddress: reference,
          }),
        }),
      ),
    }),
  },
  'Microsoft.Compute/virtualMachines@2023-09-01': {
    location: expression,
    identity: closed({
      type: { const: 'UserAssigned' },
      userAssignedIdentities: { type: 'object', propertyNames: expression, minProperties: 1 },
    }),
    properties: closed({
      hardwareProfile: closed({ vmSize: text }),
      storageProfile: closed({
        imageReference: closed({ publisher: text, offer: text, sku: text, version: text }),
        osDisk: closed({
          createOption: { enum: ['FromImage', 'Attach', 'Empty'] },
          diskSizeGB: { type: 'integer', minimum: 30, maximum: 4095 },
          managedDisk: closed({
            storageAccountType: { enum: ['Standard_LRS', 'StandardSSD_LRS', 'Premium_LRS', 'PremiumV2_LRS'] },
          }),
          deleteOption: { enum: ['Delete', 'Detach'] },
        }),
      }),
      osProfile: closed({
        computerName: text,
        adminUsername: expression,
        customData: { type: 'string', pattern: '^\\[base64\\(' },
        linuxConfiguration: closed({
          disablePasswordAuthentication: yes,
          ssh: closed({ publicKeys: list(closed({ path: expression, keyData: expression })) }),
          patchSettings: closed({
            patchMode: { enum: ['ImageDefault', 'AutomaticByPlatform'] },
            assessmentMode: { enum: ['ImageDefault', 'AutomaticByPlatform'] },
          }),
        }),
      }),
      networkProfile: closed({ networkInterfaces: list(reference) }),
      diagnosticsProfile: closed({ bootDiagnostics: closed({ enabled: { type: 'boolean' } }) }),
    }),
  },
}

/** A deployment template with the resource types that ours has. */
export const deploymentTemplate = closed({
  $schema: { const: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#' },
  contentVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+\\.\\d+$' },
  'metadata?': { type: 'object' },
  parameters: {
    type: 'object',
    additionalProperties: closed({
      type: { enum: ['string', 'securestring', 'int', 'bool', 'object', 'secureObject', 'array'] },
      'defaultValue?': {},
      'allowedValues?': list({}),
      'minLength?': { type: 'integer', minimum: 0 },
      'maxLength?': { type: 'integer', minimum: 1 },
      metadata: closed({ description: text }),
    }),
  },
  variables: { type: 'object' },
  resources: list({
    oneOf: Object.entries(resources).map(([kind, properties]) => {
      const [type, apiVersion] = kind.split('@')
      return closed({
        type: { const: type },
        apiVersion: { const: apiVersion },
        name: expression,
        'dependsOn?': list(expression),
        ...properties,
      })
    }),
  }),
  outputs: {
    type: 'object',
    additionalProperties: closed({ type: { enum: ['string', 'int', 'bool', 'object', 'array'] }, value: expression }),
  },
})

const constraints = closed({
  required: { type: 'boolean' },
  'regex?': text,
  'validationMessage?': text,
  'allowedValues?': list(closed({ label: text, value: text })),
})

const elements: readonly object[] = [
  closed({
    name: text,
    type: { const: 'Microsoft.Common.TextBox' },
    label: text,
    'placeholder?': text,
    'toolTip?': text,
    constraints,
  }),
  closed({
    name: text,
    type: { const: 'Microsoft.Common.DropDown' },
    label: text,
    defaultValue: text,
    'toolTip?': text,
    constraints,
  }),
  closed({
    name: text,
    type: { const: 'Microsoft.Common.InfoBox' },
    visible: { type: 'boolean' },
    options: closed({ icon: { enum: ['None', 'Info', 'Warning', 'Error'] }, text, 'uri?': text }),
  }),
  closed({
    name: text,
    type: { const: 'Microsoft.Compute.UserNameTextBox' },
    label: text,
    defaultValue: text,
    toolTip: text,
    osPlatform: { enum: ['Windows', 'Linux'] },
    constraints,
  }),
  closed({
    name: text,
    type: { const: 'Microsoft.Compute.CredentialsCombo' },
    label: { type: 'object', additionalProperties: text },
    toolTip: { type: 'object', additionalProperties: { type: 'string' } },
    constraints,
    options: closed({ hideConfirmation: { type: 'boolean' }, 'hidePassword?': { type: 'boolean' } }),
    osPlatform: { enum: ['Windows', 'Linux'] },
  }),
]

/** What the portal asks when a managed application is made. */
export const createUiDefinition = closed({
  $schema: { const: 'https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#' },
  handler: { enum: ['Microsoft.Azure.CreateUIDef', 'Microsoft.Compute.MultiVm'] },
  version: { const: '0.1.2-preview' },
  parameters: closed({
    basics: { type: 'array', items: { oneOf: elements } },
    steps: list(
      closed({
        name: text,
        label: text,
        subLabel: closed({ preValidation: text, postValidation: text }),
        bladeTitle: text,
        elements: list({ oneOf: elements }),
      }),
    ),
    outputs: { type: 'object', additionalProperties: expression },
  }),
})

/** What the portal shows of a managed application. */
export const viewDefinition = closed({
  $schema: { const: 'https://schema.management.azure.com/schemas/viewdefinition/0.0.1-preview/ViewDefinition.json#' },
  contentVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+\\.\\d+$' },
  views: list({
    oneOf: [
      closed({ kind: { const: 'Overview' }, properties: closed({ header: text, description: text }) }),
      closed({
        kind: { const: 'Metrics' },
        properties: closed({
          displayName: text,
          version: { const: '1.0.0' },
          charts: list(
            closed({
              displayName: text,
              chartType: { enum: ['Bar', 'Line', 'Area', 'Scatter'] },
              metrics: list(
                closed({
                  name: text,
                  aggregationType: { enum: ['none', 'sum', 'min', 'max', 'avg', 'unique', 'percentile', 'count'] },
                  resourceType: text,
                }),
              ),
            }),
          ),
        }),
      }),
    ],
  }),
})
