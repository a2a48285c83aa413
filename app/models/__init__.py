"""The tables. Importing this package registers all of them."""

from app.models.accounts import Invitation, JoinRequest, LoginSession, Membership, Organisation, Role, User
from app.models.assessments import Answer, AnswerEvent, Assessment, Submission
from app.models.installation import Installation
from app.models.regions import (
    Department,
    DepartmentMember,
    EnterpriseResult,
    RegionUpload,
    Release,
    Statistic,
)
from app.models.reports import Report, ReportStatus
from app.models.uploads import Upload

__all__ = [
    "Answer",
    "AnswerEvent",
    "Assessment",
    "Department",
    "DepartmentMember",
    "EnterpriseResult",
    "Installation",
    "Invitation",
    "JoinRequest",
    "LoginSession",
    "Membership",
    "Organisation",
    "RegionUpload",
    "Release",
    "Report",
    "ReportStatus",
    "Role",
    "Statistic",
    "Submission",
    "Upload",
    "User",
]
