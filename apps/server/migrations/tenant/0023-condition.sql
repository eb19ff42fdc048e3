-- Under which condition a conditional statement holds, in the words of whoever edits it ("where the customer has booked it").
alter table statement add column condition text;
