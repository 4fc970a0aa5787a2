/** The row that a write gave back (`RETURNING`), where nothing can have kept it from being written. */
export function writtenRow<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Error('A write gave no row back.');
  return row;
}
