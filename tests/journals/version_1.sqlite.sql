-- A journal of version 1, as the first builds wrote it.
PRAGMA application_id = 1148546668;
PRAGMA user_version = 1;
CREATE TABLE entries (
    "number" INTEGER PRIMARY KEY CHECK ("number" > 0),
    "date" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "customer" TEXT,
    "document" TEXT,
    "procedure" TEXT,
    "step" TEXT,
    "row" TEXT,
    "position" INTEGER,
    "action" TEXT,
    "recipient" TEXT,
    "currency" TEXT,
    "rows" INTEGER,
    "since" TEXT,
    "until" TEXT,
    "result" TEXT,
    "by" TEXT,
    "reason" TEXT,
    "undoes" INTEGER
) STRICT;
INSERT INTO entries VALUES
    (1, '2026-03-02', 'committed', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (2, '2026-03-02', 'started', 'C1', 'F1', 'dispute', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-02-28', NULL, NULL, NULL, 'status = dispute', NULL),
    (3, '2026-03-03', 'done', 'C1', 'F1', 'dispute', 'inform', '2c3cabf9e4e7a1f3', 1, 'email', 'representative', 'EUR', 1, '2026-03-02', NULL, 'sent', 'Ann', NULL, NULL),
    (4, '2026-03-03', 'undone', 'C1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Ann', 'bounced', 3);
