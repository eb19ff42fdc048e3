import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Problem } from '../api/problem.ts'
import { ErrorPage } from '../frame/ErrorPage.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { ConfirmForm } from './ConfirmForm.tsx'
import { factorsQuery } from './factors.ts'
import { whoami } from './session.ts'

/** Why a tenant could not be opened: mostly an error, but a second factor that is asked for can be shown here. */
export function AwayPage({ error, reset }: { error: unknown; reset: () => void }) {
  if (error instanceof Problem && error.code === 'tenant.factor_needed') return <FactorNeeded />
  return <ErrorPage error={error} reset={reset} />
}

function FactorNeeded() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const router = useRouter()
  const factors = useQuery(factorsQuery)
  const open = async () => {
    await client.fetchQuery({ ...whoami, staleTime: 0 })
    await router.invalidate()
  }
  return (
    <Page title={t('factor.neededTitle')} lead={t('factor.neededLead')}>
      <Loaded read={factors}>
        {({ totp, passkeys }) =>
          totp || passkeys.length > 0 ? (
            <ConfirmForm onDone={() => void open()} />
          ) : (
            <p>
              <Link to="/account">{t('factor.neededAdd')}</Link>
            </p>
          )
        }
      </Loaded>
    </Page>
  )
}
