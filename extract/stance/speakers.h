// Joins quotations with the reports beside them.
#pragma once

#include <vector>

#include "extract/document.h"
#include "extract/stance/quotation.h"
#include "extract/stance/report.h"

namespace relata::stance {

// Gives every spoken quotation to a report: the one whose words surround it; one beside it in its sentence; the speaker of the
// quotation before ("“A,” X said. “B.”"); one that announces it in the sentence before; for a quotation that stands alone, the last
// speaker. The quotation becomes content of the report (a new one, without reporting word, for a free-standing quotation).
void join_quotations(const Document& document, const Quotations& quotations, std::vector<Report>& reports);

}  // namespace relata::stance
