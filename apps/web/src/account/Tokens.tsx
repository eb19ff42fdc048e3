import { Checkbox, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output, Whoami } from '../api/api.ts'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useInstallationChange } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { CredentialForm } from './CredentialForm.tsx'
import { Credentials } from './Credentials.tsx'
import { permissionName } from './permission-name.ts'
import type { ServerPermission } from './permission-name.ts'
import { useWhoami } from './session.ts'
import { TokenOnce } from './TokenOnce.tsx'
import { TokenRow } from './TokenRow.tsx'

const lifetimes = [7, 30, 90, 180, 365]

/** One's own API tokens: make, see, revoke. */
export function Tokens() {
  const { t } = useTranslation()
  const tenants = useWhoami()?.tenants ?? []
  const tokens = useQuery({
    queryKey: keyOf(null, 'token.list'),
    queryFn: ({ signal }) => call('token.list', {}, null, signal),
    select: ({ tokens }) => tokens,
  })
  const revoking = useInstallationChange('token.revoke', { stale: ['token.list'] })
  return (
    <Credentials
      id="own-tokens"
      title={t('token.title')}
      lead={t('token.lead')}
      read={tokens}
      form={tenants.length === 0 ? null : <NewToken tenants={tenants} />}
    >
      {(token) => (
        <TokenRow
          key={token.tokenId}
          token={token}
          place={token.tenant.name}
          onRevoke={() => revoking.mutate({ tokenId: token.tokenId })}
        />
      )}
    </Credentials>
  )
}

function NewToken({ tenants }: { tenants: Whoami['tenants'] }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [slug, setSlug] = useState(tenants[0]?.slug ?? '')
  const [days, setDays] = useState(90)
  const [chosen, setChosen] = useState<readonly ServerPermission[]>([])
  const tenant = tenants.find((one) => one.slug === slug)
  const making = useInstallationChange('token.create', {
    stale: ['token.list'],
    quiet: true,
    onDone: () => {
      setName('')
      setChosen([])
    },
  })
  return (
    <>
      <CredentialForm
        title={t('token.new')}
        hint={t('token.nameHint')}
        name={name}
        onName={setName}
        submit={t('token.make')}
        ready={chosen.length > 0}
        pending={making.isPending}
        onSubmit={() => making.mutate({ tenant: slug, name: name.trim(), permissions: [...chosen], days })}
      >
        <NativeSelect
          label={t('token.tenant')}
          value={slug}
          onChange={(event) => {
            setSlug(event.currentTarget.value)
            setChosen([])
          }}
          data={tenants.map((one) => ({ value: one.slug, label: one.name }))}
        />
        {tenant ? <PermissionChoice key={slug} tenant={tenant} chosen={chosen} onChange={setChosen} /> : null}
        <NativeSelect
          label={t('token.days')}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={lifetimes.map((count) => ({ value: String(count), label: t('token.inDays', { count }) }))}
        />
        {making.error ? (
          <p className="field-problem" role="alert">
            {sentenceOf(making.error, t)}
          </p>
        ) : null}
      </CredentialForm>
      <div role="status">{making.data ? <TokenOnce made={making.data} /> : null}</div>
    </>
  )
}

/** What the person's own role carries: nothing else could be given on. */
function PermissionChoice({
  tenant,
  chosen,
  onChange,
}: {
  tenant: Whoami['tenants'][number]
  chosen: readonly ServerPermission[]
  onChange: (chosen: readonly ServerPermission[]) => void
}) {
  const { t } = useTranslation()
  const access = useQuery({
    queryKey: keyOf(tenant.slug, 'access.list', {}),
    queryFn: ({ signal }) => call('access.list', {}, tenant.slug, signal),
  })
  return (
    <Loaded read={access}>
      {({ roles }) => (
        <Checkbox.Group
          label={t('token.may')}
          value={[...chosen]}
          onChange={(values) => onChange(own(roles, tenant.role).filter((one) => values.includes(one)))}
        >
          <div className="choices">
            {own(roles, tenant.role).map((one) => (
              <Checkbox key={one} value={one} label={permissionName(one, t)} />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </Loaded>
  )
}

function own(roles: Output<'access.list'>['roles'], role: string): readonly ServerPermission[] {
  return roles.find((one) => one.role === role)?.permissions ?? []
}
