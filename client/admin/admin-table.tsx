import { Table } from "@mantine/core";
import type { ReactNode } from "react";

interface AdminTableProps {
  readonly heads: readonly string[];
  /** What the buttons of the last column are for: said to who does not see them. */
  readonly lastHead: string;
  /** Rows. */
  readonly children: ReactNode;
}

/** A list of the administration; on a phone each row is a card. */
export function AdminTable({ heads, lastHead, children }: AdminTableProps) {
  return (
    <Table className="courses-table admin-table">
      <Table.Thead>
        <Table.Tr>
          {heads.map((head) => (
            <Table.Th key={head} scope="col">
              {head}
            </Table.Th>
          ))}
          <Table.Th scope="col">
            <span className="unseen">{lastHead}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  );
}
