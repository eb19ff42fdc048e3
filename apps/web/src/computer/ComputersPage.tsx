import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { AddComputers } from './AddComputers.tsx'
import { ComputerRow } from './ComputerRow.tsx'
import { ImportComputers } from './ImportComputers.tsx'
import { inOrder } from './order.ts'
import '../register/register.css'
import '../connection/connection.css'
import './computer.css'

/** Computers that art32 does not run on: what each sent last, and how to add them. */
export function ComputersPage() {
  const { t } = useTranslation()
  const read = useRead('computer.list', {}, { refetchInterval: 30_000 })
  const mayChange = useMay('connection:write')
  return (
    <Page title={t('computers.title')} lead={t('computers.lead')}>
      <Loaded read={read}>
        {({ computers }) =>
          computers.length === 0 ? (
            <p>{t('computers.none')}</p>
          ) : (
            <ul className="rows">
              {inOrder(computers).map((computer) => (
                <ComputerRow key={computer.connectionId} computer={computer} mayChange={mayChange} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <AddComputers />
      {mayChange ? <ImportComputers /> : null}
    </Page>
  )
}
