// art32 in the tenant of a customer: a server behind TLS, and a key of the customer's own in Key Vault.
// mainTemplate.json is the same for the package of the managed application; a test compares the two.

@description('Region; personal data stay in it.')
param location string = resourceGroup().location

@description('First label of the address: label.region.cloudapp.azure.com')
@minLength(3)
@maxLength(40)
param domainLabel string

@description('Account of the customer on the server.')
param adminUsername string = 'operator'

@description('SSH key of that account. The port of SSH stays closed until the customer opens it.')
@secure()
param sshPublicKey string

@description('Size of the server.')
@allowed(['Standard_B2ms', 'Standard_B4ms', 'Standard_D2s_v5', 'Standard_D4s_v5'])
param vmSize string = 'Standard_B2ms'

@description('Where the archive of the release lies, https.')
param releaseUrl string

@description('SHA-256 of the archive, as SHA256SUMS says.')
@minLength(64)
@maxLength(64)
param releaseSha256 string

var vaultName = 'art32-${uniqueString(resourceGroup().id)}'
var keyName = 'art32-master'
var vaultKeyUrl = 'https://${vaultName}${environment().suffixes.keyvaultDns}/keys/${keyName}'
var domain = '${domainLabel}.${location}.cloudapp.azure.com'

// Key Vault Crypto Service Encryption User: wrap and unwrap, nothing else.
var wrapAndUnwrapOnly = 'e147488a-f6f5-4113-8e2d-b22465e65bf6'

var cloudInit = loadTextContent('../hetzner/cloud-init.yaml')
var withRelease = replace(
  replace(cloudInit, 'https://example.com/art32-0.1.0.tar.gz', releaseUrl),
  '0000000000000000000000000000000000000000000000000000000000000000',
  releaseSha256
)
var customData = replace(replace(withRelease, 'toms.example.com', domain), 'KEY_VAULT=none', 'KEY_VAULT=${vaultKeyUrl}')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'art32-identity'
  location: location
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: vaultName
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: 'enabled'
    networkAcls: {
      defaultAction: 'Deny'
      bypass: 'AzureServices'
      virtualNetworkRules: [{ id: network.properties.subnets[0].id }]
      ipRules: []
    }
  }
}

resource key 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
  parent: vault
  name: keyName
  properties: { kty: 'RSA', keySize: 3072, keyOps: ['wrapKey', 'unwrapKey'] }
}

resource mayWrap 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, identity.name, wrapAndUnwrapOnly)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', wrapAndUnwrapOnly)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// Neither SSH nor anything else from outside: the publisher has no way in, and the customer opens one when needed.
resource securityGroup 'Microsoft.Network/networkSecurityGroups@2023-09-01' = {
  name: 'art32-nsg'
  location: location
  properties: {
    securityRules: [
      {
        name: 'web'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['80', '443']
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2023-09-01' = {
  name: 'art32-vnet'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.32.0.0/24'] }
    subnets: [
      {
        name: 'server'
        properties: {
          addressPrefix: '10.32.0.0/25'
          networkSecurityGroup: { id: securityGroup.id }
          serviceEndpoints: [{ service: 'Microsoft.KeyVault' }]
        }
      }
    ]
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2023-09-01' = {
  name: 'art32-ip'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static', dnsSettings: { domainNameLabel: domainLabel } }
}

resource interface 'Microsoft.Network/networkInterfaces@2023-09-01' = {
  name: 'art32-nic'
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'first'
        properties: {
          privateIPAllocationMethod: 'Dynamic'
          subnet: { id: network.properties.subnets[0].id }
          publicIPAddress: { id: address.id }
        }
      }
    ]
  }
}

resource server 'Microsoft.Compute/virtualMachines@2023-09-01' = {
  name: 'art32'
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  // art32 asks for its key as soon as it starts.
  dependsOn: [key, mayWrap]
  properties: {
    hardwareProfile: { vmSize: vmSize }
    storageProfile: {
      imageReference: { publisher: 'Debian', offer: 'debian-13', sku: '13-gen2', version: 'latest' }
      osDisk: {
        createOption: 'FromImage'
        diskSizeGB: 64
        managedDisk: { storageAccountType: 'Premium_LRS' }
        deleteOption: 'Detach'
      }
    }
    osProfile: {
      computerName: 'art32'
      adminUsername: adminUsername
      customData: base64(customData)
      linuxConfiguration: {
        disablePasswordAuthentication: true
        ssh: {
          publicKeys: [{ path: '/home/${adminUsername}/.ssh/authorized_keys', keyData: sshPublicKey }]
        }
        patchSettings: { patchMode: 'ImageDefault', assessmentMode: 'AutomaticByPlatform' }
      }
    }
    networkProfile: { networkInterfaces: [{ id: interface.id }] }
    diagnosticsProfile: { bootDiagnostics: { enabled: true } }
  }
}

output address string = 'https://${domain}'
output keyVault string = vaultKeyUrl
